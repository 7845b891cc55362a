import MartletCore

/// One of the things that are kept of an item as the metadata of its resource.
public struct CollectorDetail: Sendable, Hashable {
    private enum Source: Sendable, Hashable {
        /// The value at a path.
        case value
        /// How many bits the big number at a path has, which is written as JSON web keys write it.
        case bits
        /// The value of the entry of this name in the list at a path.
        case entry(String)
    }

    /// The key in the metadata.
    public let name: String
    /// The child whose answer is meant; nil for the item itself.
    public let child: String?
    private let path: FieldPath
    private let source: Source

    /// Reads what follows a key: `PATH`, `children.NAME.PATH`, `bits(PATH)` or `entry(PATH, NAME)`. Nil for anything else.
    public init?(name: String, text: String) {
        var text = text
        if let inner = Self.argument(of: "bits", text) {
            (source, text) = (.bits, String(inner))
        } else if let inner = Self.argument(of: "entry", text) {
            let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
            let entry = parts.last.map { $0.filter { !$0.isWhitespace } } ?? ""
            guard parts.count == 2, !entry.isEmpty else { return nil }
            (source, text) = (.entry(entry), String(parts[0]))
        } else {
            source = .value
        }
        guard let path = FieldPath(text), !text.contains(where: { "() ".contains($0) }) else { return nil }
        self.name = name
        if path.keys.first == "children", path.keys.count > 1 {
            child = path.keys[1]
            self.path = FieldPath(keys: Array(path.keys.dropFirst(2)))
        } else {
            child = nil
            self.path = path
        }
    }

    private static func argument(of function: String, _ text: String) -> Substring? {
        guard text.hasPrefix(function + "("), text.hasSuffix(")") else { return nil }
        return text.dropFirst(function.count + 1).dropLast()
    }

    /// The value: a text, a number, a flag, or nil where there is none. Whatever else stands there is not kept.
    func value(of scope: CollectedScope, _ children: [String: CollectedAnswer]) -> JSONValue? {
        let root: JSONValue?
        if let child {
            guard case .document(let document)? = children[child] else { return nil }
            root = path.keys.isEmpty ? document : path.value(in: document)
        } else {
            root = scope.value(at: path)
        }
        switch source {
        case .value: return root.flatMap(Self.plain)
        case .bits: return root?.stringValue.flatMap(Self.bits).map { .int($0) }
        case .entry(let name):
            let entry = root?.arrayValue?.first { $0["name"]?.stringValue == name }
            return (entry?["properties"]?["value"]).flatMap(Self.plain)
        }
    }

    private static func plain(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .string(let text): text.isEmpty || text.utf8.count > 1_000 ? nil : value
        case .int, .bool: value
        default: nil
        }
    }

    /// The bits of a number in base64url without padding, its leading zero bits left out.
    private static func bits(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 8_000 else { return nil }
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var values: [Int] = []
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            guard let value = digits.firstIndex(of: byte) else { return nil }
            values.append(value)
        }
        // Bits of the last digit that belong to no byte are filling.
        let total = values.count * 6 / 8 * 8
        guard let first = values.firstIndex(where: { $0 != 0 }) else { return 0 }
        let leading = first * 6 + (6 - (Int.bitWidth - values[first].leadingZeroBitCount))
        return Int64(max(0, total - leading))
    }
}
