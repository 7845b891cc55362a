import MartletCore
import MartletStore

/// What an import did to one account.
public struct ImportReport: Sendable {
    /// The scan as it is stored.
    public var scan: ScanRow
    /// Wall time from the claim to the end of publish, in seconds; so are the next three, its parts.
    public var totalSeconds: Double
    /// Waiting for the source.
    public var parseSeconds: Double
    /// Writing batches.
    public var ingestSeconds: Double
    /// Computing the posture and publishing it.
    public var publishSeconds: Double
    /// SQL statements of the whole import, bulk loads as one each.
    public var statements: Int
    /// The largest resident memory of the process so far, in bytes.
    public var peakResidentBytes: Int
    /// The account's published findings.
    public var summary: PostureSummary
    /// The first statements that could not be used.
    public var rejections: [Rejection]
    /// What the user may want to know or do, one sentence each.
    public var hints: [String]
}
