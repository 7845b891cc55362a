/// What a source said once about one check and one resource: the unit that travels from a source to ingest.
///
/// A statement about n resources has already become n observations.
public struct FindingObservation: Sendable {
    /// The account the finding is of.
    public var account: AccountKey
    /// What the source says of the check; one object is shared by all its findings.
    public var check: CheckMetadata
    /// The regions the finding names, sorted, without repetition or empty strings; empty when it names none.
    public var regions: [String]
    /// The resource the check looked at.
    public var resource: ResourceObservation
    /// Tells apart what one check says twice of one resource. Imports take the resource's name.
    public var discriminator: String
    /// What the check said of the resource.
    public var status: Status
    /// How bad a FAIL would be; PASS and MANUAL carry it too.
    public var severity: Severity
    /// The source itself had muted the finding.
    public var muted: Bool
    /// One or more sentences about this resource.
    public var detail: String
    /// When the source looked.
    public var observedAt: Timestamp
    /// When the source says it saw the finding first; nil when it doesn't say.
    public var firstSeenAt: Timestamp?
    /// Since when the source says the finding has been FAIL; nil when it doesn't say.
    public var failingSince: Timestamp?
    /// The hash under which the source would recognise the statement; 0 when it would not, or when the statement made
    /// several observations.
    public var statement: UInt64 = 0

    /// Makes a statement; `regions` must be sorted and without repetition or empty strings.
    public init(
        account: AccountKey, check: CheckMetadata, regions: [String], resource: ResourceObservation,
        discriminator: String, status: Status, severity: Severity, muted: Bool, detail: String, observedAt: Timestamp,
        firstSeenAt: Timestamp? = nil, failingSince: Timestamp? = nil
    ) {
        self.account = account
        self.check = check
        self.regions = regions
        self.resource = resource
        self.discriminator = discriminator
        self.status = status
        self.severity = severity
        self.muted = muted
        self.detail = detail
        self.observedAt = observedAt
        self.firstSeenAt = firstSeenAt
        self.failingSince = failingSince
    }
}
