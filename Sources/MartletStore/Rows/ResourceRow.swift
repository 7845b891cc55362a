import MartletCore

/// A resource as a reader sees it at one generation.
public struct ResourceRow: Sendable, Hashable {
    /// The account the resource is in.
    public var account: AccountKey
    /// Its attributes and tags as they were at the generation that is read.
    public var resource: ResourceObservation
    /// Unmuted FAIL findings of the resource at the same generation.
    public var failedFindings: Int64
    /// All findings of the resource at the same generation.
    public var findings: Int64
    /// When the account's scans saw it first.
    public var firstSeenAt: Timestamp
    /// When a field or its tags last changed.
    public var updatedAt: Timestamp
}
