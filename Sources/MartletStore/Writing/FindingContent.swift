import MartletCore

/// The part of a finding that may differ from version to version.
public struct FindingContent: Sendable, Hashable {
    /// What was said of the resource.
    public var status: Status
    /// How bad a FAIL of it is.
    public var severity: Severity
    /// The source itself had muted it; mutes are kept elsewhere.
    public var muted: Bool
    /// The source's sentences about the resource.
    public var detail: String
    /// The earliest time that any statement of it gives.
    public var firstSeenAt: Timestamp
    /// The earliest time at which the source looked, among the statements that were merged into it.
    public var observedAt: Timestamp
}
