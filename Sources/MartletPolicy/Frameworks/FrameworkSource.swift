import MartletCore

/// The document a framework was read from, to be stored once per version of its content.
public struct FrameworkSource: Sendable, Hashable {
    /// The whole document, unknown keys included, as canonical JSON (see `JSONValue.canonicalText`). Loading it again
    /// gives the same framework and the same hash; only the keys inside attributes, metadata and outputs are then sorted.
    public let canonicalText: String
    /// The hash of the canonical text's UTF-8 bytes (`ContentHasher.plainHash`).
    public let contentHash: ContentHash

    /// The canonical text of a document and its hash.
    public init(document: JSONValue) {
        var writer = JSONWriter()
        writer.value(document, sortedKeys: true)
        canonicalText = writer.text
        contentHash = writer.bytes.withUnsafeBytes { ContentHasher.plainHash(of: $0) }
    }
}
