import MartletCore
import MartletPolicy

/// Reads what is cryptographic in some accounts, a part at a time: first what resources say of themselves, then what
/// findings say of resources that do not.
///
/// A value that remembers where it is, so that each part can be read in a transaction of its own.
public struct CryptoInventory: Sendable {
    private enum Place: Sendable {
        case resources(ResourceNumber?)
        case findings(FindingCursor?)
        case end
    }

    private let filter: AccountFilter
    private let scan: String?
    private var place = Place.resources(nil)

    /// Resources or findings that are read at once.
    private static let partSize = 500

    /// The inventory of some accounts: of the published postures, or of a scan.
    public init(_ filter: AccountFilter, at scan: String? = nil) {
        self.filter = filter
        self.scan = scan
    }

    /// The next part, maybe empty; nil after the last.
    public mutating func next(_ reader: StoreReader) throws -> [CryptoAsset]? {
        switch place {
        case .resources(let last):
            let part = try reader.resources(
                ofTypes: CryptoAsset.resourceTypes, filter, at: scan, after: last, limit: Self.partSize)
            place = part.next.map { .resources($0) } ?? .findings(nil)
            return part.rows.flatMap { CryptoAsset.assets(of: $0.resource, account: $0.account) }
        case .findings(let cursor):
            var wanted = FindingFilter()
            wanted.accounts = filter
            wanted.checks = CryptoAsset.tlsChecks.keys.sorted().map { GlobPattern.escape($0) }
            wanted.statuses = [.fail, .pass]
            let page = try reader.findings(wanted, at: scan, after: cursor, limit: Self.partSize)
            place = page.next.map { .findings($0) } ?? .end
            return page.rows.compactMap { row in
                var asset = CryptoAsset.asset(
                    check: row.check.check, row.status, of: row.resource, account: row.account)
                // Two sources may say the same of one resource.
                asset?.part = row.fingerprint
                return asset
            }
        case .end: return nil
        }
    }
}
