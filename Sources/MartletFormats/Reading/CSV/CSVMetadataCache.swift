import MartletCore

/// Remembers per check what the last row said of it, so that only new content is made into a document.
final class CSVMetadataCache {
    /// How many bytes of rows are remembered before the memory is cleared.
    private static let maximumBytes = 16 << 20
    /// Content larger than this is not remembered.
    private static let maximumEntryBytes = 256 << 10

    private var entries: [String: (block: [UInt8], metadata: CheckMetadata)] = [:]
    private var total = 0
    private var block: [UInt8] = []

    func metadata(of check: String, in row: CSVRow) throws(Refusal) -> CheckMetadata {
        block.removeAll(keepingCapacity: true)
        for column in CSVColumn.ofCheck {
            let bytes = row.bytes(column)
            // The length keeps two columns apart whose texts could run together.
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count)) { block.append(contentsOf: $0) }
            block.append(contentsOf: bytes)
        }
        if let entry = entries[check], entry.block == block { return entry.metadata }
        let metadata = CheckMetadata(
            check: check, service: row.text(.serviceName), title: row.text(.checkTitle),
            document: try row.checkDocument())
        guard block.count <= Self.maximumEntryBytes else {
            block = []
            return metadata
        }
        if total + block.count > Self.maximumBytes || entries.count >= 4096 {
            entries.removeAll()
            total = 0
        }
        let replaced = entries.updateValue((block, metadata), forKey: check)
        total += block.count - (replaced?.block.count ?? 0)
        return metadata
    }
}
