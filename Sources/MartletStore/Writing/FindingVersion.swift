import MartletCore

/// A stored version of a finding, as ingest needs it.
public struct FindingVersion: Sendable, Hashable {
    /// The number of the version's row.
    public var id: Int64
    /// The generation that wrote it.
    public var openedIn: Int64
    /// Nil while the version holds.
    public var closedIn: Int64?
    /// The hash over status, severity, the source's mute and detail: equal means unchanged.
    public var content: ContentHash
    /// What the check said.
    public var status: Status
    /// This version or any before it is FAIL.
    public var everFailed: Bool
    /// When the first of its versions was seen, in the time of the source.
    public var firstSeenAt: Timestamp
    /// Since when it has been FAIL without a break; nil unless the version is FAIL.
    public var failingSince: Timestamp?
}
