import MartletCore

/// A validator of a representation (RFC 9110, section 8.8.3).
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// The text between the quotation marks: letters, digits, `-`, `_`, `.`, `:`.
    public let value: String
    /// Whether it only says that the answers mean the same, not that they are the same bytes.
    public let isWeak: Bool

    /// A tag of a text; other characters than those allowed become `_`.
    public init(_ value: String, weak: Bool = true) {
        self.value = String(value.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0)) ? $0 : "_" })
        isWeak = weak
    }

    /// The tag of a resource in a state, as one answer shows it.
    init(state: ContentHash, representation: [UInt8]) {
        var hasher = ContentHasher()
        hasher.add(representation)
        self.init(state.hex + "." + hasher.finish().hex.prefix(16))
    }

    /// Whether an element of `If-Match` is `*` or a tag of a resource in this state, whichever answer it came with.
    static func names(_ element: String, _ state: ContentHash) -> Bool {
        if element == "*" { return true }
        let quoted = element.hasPrefix("W/") ? element.dropFirst(2) : element[...]
        guard quoted.utf8.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") else { return false }
        return quoted.dropFirst().dropLast().prefix { $0 != "." } == state.hex
    }

    /// As it stands in a header.
    public var description: String { (isWeak ? "W/" : "") + "\"\(value)\"" }

    /// Whether an element of `If-None-Match` names this tag; weakness is not compared.
    public func matches(_ element: String) -> Bool {
        element == "*" || element == "\"\(value)\"" || element == "W/\"\(value)\""
    }
}
