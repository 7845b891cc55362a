/// What gives numbers that are never given again.
public enum NumberSource: String, Sendable, Hashable, CaseIterable {
    /// Tokens of claims.
    case tokens
    /// Rows of findings.
    case findings
    /// Rows of resources.
    case resources

    /// A table in which the numbers stand.
    var table: String { self == .tokens ? "fences" : rawValue }
    /// Their column.
    var column: String { self == .tokens ? "token" : "id" }
}
