import MartletCore
import MartletFormats
import MartletPolicy
import MartletStore

/// The pieces of a streamed bill of materials, made as they are asked for.
actor CBOMStream {
    private let store: Store
    private let filter: AccountFilter
    private let scan: String?
    private var inventory: CryptoInventory
    private var writer: CycloneDXWriter
    private var isEnded = false

    init(store: Store, filter: AccountFilter, scan: String?, writer: CycloneDXWriter) {
        self.store = store
        self.filter = filter
        self.scan = scan
        self.writer = writer
        inventory = CryptoInventory(filter, at: scan)
    }

    /// The next piece; nil after the last.
    func next() async throws -> [UInt8]? {
        while !isEnded {
            let (filter, scan, place) = (filter, scan, inventory)
            let (part, after) = try await store.readRetrying { reader in
                var inventory = place
                return (try inventory.next(reader), inventory)
            }
            inventory = after
            if let part {
                for asset in part { writer.add(asset) }
            } else {
                let gaps = try await store.readRetrying {
                    try $0.coverageGaps(of: CryptoAsset.checks, filter, at: scan)
                }
                writer.finish(gaps: gaps.map { .init(account: $0.account, check: $0.check, state: $0.state) })
                isEnded = true
            }
            let bytes = writer.takeBytes()
            if !bytes.isEmpty { return bytes }
        }
        return nil
    }
}
