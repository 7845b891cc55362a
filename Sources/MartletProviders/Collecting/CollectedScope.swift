import MartletCore

/// What the placeholders of a collector may speak of.
public struct CollectedScope: Sendable {
    /// What the scan knows: `subscription`, `tenant`, `organization`, `project`.
    public var variables: [String: String]
    /// The item; null before there is one.
    public var item = JSONValue.null
    /// The items below which it was listed, by the names of `from`.
    public var parents: [String: JSONValue] = [:]
    /// One of the values of a child's `for`.
    public var each: JSONValue?

    /// Knows only the scan.
    public init(variables: [String: String]) { self.variables = variables }

    /// The value that a path means: of the scan, of `each`, of a parent, or else of the item. Nil when there is none.
    public func value(at path: FieldPath) -> JSONValue? {
        let rest = FieldPath(keys: Array(path.keys.dropFirst()))
        if path.keys.count == 1, let value = variables[path.keys[0]] { return .string(value) }
        if let root = root(named: path.keys[0]) { return rest.keys.isEmpty ? root : rest.value(in: root) }
        return path.value(in: item)
    }

    /// The value as text: a text as it is, a number in digits; nil for everything else.
    public func text(at path: FieldPath) -> String? {
        switch value(at: path) {
        case .string(let text): text
        case .int(let number): String(number)
        default: nil
        }
    }

    private func root(named name: String) -> JSONValue? { name == "each" ? each : parents[name] }
}
