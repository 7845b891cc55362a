import MartletCore

/// A secret as programs list it, without anything of its value.
public struct LabelledSecret: Sendable, Hashable {
    /// The name, unique within its tenant.
    public var name: String
    /// What people call it; nil where nobody did.
    public var label: String?
    /// How it lets in: `static`, `role` or `service_account`; nil where nobody said.
    public var access: String?
    /// When a secret of this name was first set, by the database's clock.
    public var createdAt: Timestamp
    /// When its value was last set, by the database's clock.
    public var updatedAt: Timestamp
}
