import MartletCore

/// A path of keys joined by dots, such as `properties.vaultUri`.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    /// At least one.
    public let keys: [String]

    /// Reads a path; nil when a key between dots is empty.
    public init?(_ text: String) {
        let keys = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard keys.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.keys = keys
    }

    /// A path of keys, of which none contains a dot.
    init(keys: [String]) { self.keys = keys }

    /// As it is written.
    public var description: String { keys.joined(separator: ".") }

    /// The value at the path; nil where a key is missing or something on the way is no object. `null` counts as missing.
    public func value(in item: JSONValue) -> JSONValue? {
        var value = item
        for key in keys {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value.isNull ? nil : value
    }

    /// All values at the path, where a list on the way stands for each of its elements; missing and `null` give none.
    public func values(in item: JSONValue) -> [JSONValue] {
        var values = [item]
        for key in keys {
            values = values.flatMap { Self.elements(of: $0) }.compactMap { $0[key] }
        }
        return values.flatMap { Self.elements(of: $0) }.filter { !$0.isNull }
    }

    private static func elements(of value: JSONValue) -> [JSONValue] { value.arrayValue ?? [value] }
}
