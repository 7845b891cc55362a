import MartletCore

/// A tenant, as its members see it.
public struct TenantRow: Sendable, Hashable {
    /// The number in the store.
    public var number: Int64
    /// The id for programs, a UUID.
    public var uid: String
    /// The name for people.
    public var name: String
    /// Raised by every change.
    public var version: Int64
    /// When it was made; 1970 for those older than this was kept.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// Since when it is being removed; nil for a tenant that stays.
    public var removingAt: Timestamp?
}
