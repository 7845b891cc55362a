import MartletCore

/// A check of a tenant's own, as it is kept.
public struct TenantCheckRow: Sendable, Hashable {
    /// The check's id.
    public let check: String
    /// Its files, as a JSON array of objects with `path` and `text`.
    public let files: String
    /// When it was first added.
    public let createdAt: Timestamp
    /// When it was last added.
    public let updatedAt: Timestamp
}
