/// What a secret is made of; databases hold the raw value.
public enum SecretKind: String, Sendable, CaseIterable {
    /// One text.
    case text
    /// Names with a value each, such as variables of a child's environment.
    case fields
}
