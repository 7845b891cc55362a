import MartletCore

/// A version of a finding to be written.
public struct FindingRecord: Sendable, Hashable {
    /// The finding's identity, the same in every version.
    public var fingerprint: ContentHash
    /// The scanner's number.
    public var source: Int64
    /// The check's number.
    public var check: Int64
    /// The number of the set of regions it names; that of the empty set where it names none.
    public var regions: Int64
    /// The resource's number in its account.
    public var resource: Int64
    /// What the check said.
    public var status: Status
    /// How bad a FAIL of it is.
    public var severity: Severity
    /// The source itself had muted it.
    public var muted: Bool
    /// How it differs from the version before.
    public var delta: Delta
    /// What that means for its FAIL.
    public var transition: Transition
    /// This version or any before it is FAIL; by it a later FAIL is told to be reopened.
    public var everFailed: Bool
    /// When the first of its versions was seen, in the time of the source.
    public var firstSeenAt: Timestamp
    /// Since when it has been FAIL without a break; nil unless the version is FAIL.
    public var failingSince: Timestamp?
    /// When the source looked.
    public var observedAt: Timestamp
    /// What ``StatementRecords/mark(statement:resource:text:)`` gives; 0 when the statement cannot be recognised.
    public var statement: Int64
    /// The hash over status, severity, the source's mute and detail: equal means unchanged.
    public var content: ContentHash
    /// What tells it from other findings of the same check, resource and regions; may be empty.
    public var discriminator: String
    /// The source's sentences about the resource.
    public var detail: String

    /// Makes a version of numbers that the store has given and of what ingest has decided.
    public init(
        fingerprint: ContentHash, source: Int64, check: Int64, regions: Int64, resource: Int64, status: Status,
        severity: Severity, muted: Bool, delta: Delta, transition: Transition, everFailed: Bool,
        firstSeenAt: Timestamp, failingSince: Timestamp?, observedAt: Timestamp, statement: Int64 = 0,
        content: ContentHash,
        discriminator: String, detail: String
    ) {
        self.fingerprint = fingerprint
        self.source = source
        self.check = check
        self.regions = regions
        self.resource = resource
        self.status = status
        self.severity = severity
        self.muted = muted
        self.delta = delta
        self.transition = transition
        self.everFailed = everFailed
        self.firstSeenAt = firstSeenAt
        self.failingSince = failingSince
        self.observedAt = observedAt
        self.statement = statement
        self.content = content
        self.discriminator = discriminator
        self.detail = detail
    }
}
