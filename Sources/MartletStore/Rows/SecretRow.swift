import MartletCore

/// A secret as lists show it, without anything of its value.
public struct SecretRow: Sendable {
    /// The name, unique within its tenant.
    public var name: String
    /// What it is made of: `text` or `fields`.
    public var kind: String
    /// The id of the key that sealed it.
    public var keyID: String
    /// When a secret of this name was first set, by the database's clock.
    public var createdAt: Timestamp
    /// When its value was last set, by the database's clock.
    public var updatedAt: Timestamp
}
