import MartletCore

/// A version of a resource to be written.
public struct ResourceRecord: Sendable, Hashable {
    /// The resource's number in its account, the same in every version.
    public var resource: Int64
    /// The hash of its uid, by which it is found.
    public var key: ContentHash
    /// The hash over all attributes and tags: equal means unchanged.
    public var content: ContentHash
    /// When the account's scans saw it first, in the time of the source.
    public var firstSeenAt: Timestamp
    /// When the source looked that gave this version.
    public var updatedAt: Timestamp
    /// Its attributes and tags.
    public var observation: ResourceObservation

    /// Makes a version of what ingest has decided.
    public init(
        resource: Int64, key: ContentHash, content: ContentHash, firstSeenAt: Timestamp, updatedAt: Timestamp,
        observation: ResourceObservation
    ) {
        self.resource = resource
        self.key = key
        self.content = content
        self.firstSeenAt = firstSeenAt
        self.updatedAt = updatedAt
        self.observation = observation
    }
}
