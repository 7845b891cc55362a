import MartletCore

/// A stored version of a resource, as ingest needs it.
public struct ResourceVersion: Sendable, Hashable {
    /// The number of the version's row.
    public var id: Int64
    /// The resource's number in its account, the same in every version.
    public var resource: Int64
    /// The generation that wrote it.
    public var openedIn: Int64
    /// Nil while the version holds.
    public var closedIn: Int64?
    /// The hash over all attributes and tags: equal means unchanged.
    public var content: ContentHash
    /// When the account's scans saw the resource first, in the time of the source.
    public var firstSeenAt: Timestamp
}
