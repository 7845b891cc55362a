/// A bounded portion of what a source says.
public struct ObservationBatch: Sendable {
    /// In the order of the source.
    public var findings: [FindingObservation] = []
    /// Statements that the source repeats word for word.
    public var recognised: [RecognisedStatement] = []
    /// Statements that could not be used, in the order of the source.
    public var rejections: [Rejection] = []
    /// Descriptions of accounts met for the first time in this batch.
    public var accounts: [AccountKey: AccountDescription] = [:]
    /// What became of checks, where the source says it itself. They may come at any time, the account's first ones at the
    /// latest with its last finding.
    public var coverage: [CoverageStatement] = []
    /// How much of the source has been read so far, in bytes of the file as stored (before decompression).
    public var bytesRead: Int = 0
    /// What the portion takes in memory, in bytes, where the source gives what it has as soon as it has it: such portions
    /// are joined until they fill a batch. Nil for a portion that is a batch as it is.
    public var joinableBytes: Int?

    /// An empty portion, for a source to fill.
    public init() {}
}
