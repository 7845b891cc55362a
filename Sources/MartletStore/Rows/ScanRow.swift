import MartletCore

/// A scan as a reader sees it.
public struct ScanRow: Sendable, Hashable {
    /// A UUID of version 7.
    public var id: String
    /// The account that was scanned.
    public var account: AccountKey
    /// The scanner, for example `prowler`; empty until the source has been read.
    public var source: String
    /// Where the findings came from: a file's name, `-` for standard input.
    public var origin: String
    /// Where the scan is in its life.
    public var state: ScanState
    /// The generation it writes under, from 1; 0 while it is queued.
    public var generation: Int64
    /// What its file was taken to cover: `full`, `matrix` or `observed`.
    public var scope: String
    /// How often a worker has begun it.
    public var attempts: Int64
    /// The token of the last claim; 0 before the first.
    public var token: Int64
    /// The time of the source: the latest time any of its findings was observed.
    public var observedAt: Timestamp?
    /// When it was asked for, by the database's clock, as are the next three.
    public var queuedAt: Timestamp
    /// When a worker began it for the first time; nil while it is queued.
    public var firstClaimedAt: Timestamp?
    /// When the last attempt began.
    public var claimedAt: Timestamp?
    /// When it was published, or failed; nil before.
    public var finishedAt: Timestamp?
    /// What became of its findings; all 0 until it is published, except what a failed scan had read.
    public var counts: ScanCounts
    /// Resources that held after publish; 0 while the scan is not published. So are the next two.
    public var resources: Int64
    /// Tags of these resources.
    public var tags: Int64
    /// Compliance rows that held after publish.
    public var complianceRows: Int64
    /// Milliseconds spent in reading, ingest and publish.
    public var parseMilliseconds: Int64
    /// Time spent merging and writing batches.
    public var ingestMilliseconds: Int64
    /// Time spent in publish; 0 until it is over.
    public var publishMilliseconds: Int64
    /// The name of a ``MartletError/Code``, or `worker_lost` where the process died; nil unless the scan failed.
    public var errorCode: String?
    /// Why it failed, for a person, with the place before it; nil unless the scan failed.
    public var errorMessage: String?
    /// The first rejections, as text with their places.
    public var rejections: [String]
    /// What could not be evaluated and why, where the source says so.
    public var gaps: [ScanGap]
    /// What it was limited to: an object with some of `checks`, `services`, `regions` and `severities`, a list each; nil
    /// where it was not.
    public var filters: JSONValue?
}
