import MartletCore

/// Resources that a scan has stated, with the content it has stated so far, so that the next statement of the same is
/// known without asking the database: scanners come back to a resource with every check.
///
/// Bounded: what does not fit is looked up in the database as if it were new.
struct StatedResources: Sendable {
    /// A resource's number and the content that the scan has stated of it so far.
    struct Entry: Sendable {
        var number: Int64
        var content: ContentHash
    }

    private var entries: [ContentHash: Entry] = [:]

    /// About 15 MB.
    static let maximumEntries = 150_000

    /// The number of a resource of which exactly this has been stated; nil when that is not known.
    func number(of key: ContentHash, content: ContentHash) -> Int64? {
        guard let entry = entries[key], entry.content == content else { return nil }
        return entry.number
    }

    /// Whether the scan may have stated something of a resource; true also where that is not known.
    func mayHave(_ key: ContentHash) -> Bool { entries.count >= Self.maximumEntries || entries[key] != nil }

    /// Keeps what a committed batch has stated.
    mutating func keep(_ stated: [(key: ContentHash, entry: Entry)]) {
        for (key, entry) in stated where entries.count < Self.maximumEntries || entries[key] != nil {
            entries[key] = entry
        }
    }
}
