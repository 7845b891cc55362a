/// Why an example is there. Shipped checks have at least one good and one bad.
public enum CheckExampleKind: String, Sendable, Hashable, CaseIterable {
    /// What passes.
    case good
    /// What fails.
    case bad
    /// What lies at the edge of the rule, or is easily mistaken.
    case borderline
    /// What lacks a field.
    case missing
}
