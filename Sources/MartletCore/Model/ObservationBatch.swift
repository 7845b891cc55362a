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
    /// How much of the source has been read so far, in bytes of the file as stored (before decompression).
    public var bytesRead: Int = 0

    /// An empty portion, for a source to fill.
    public init() {}
}
