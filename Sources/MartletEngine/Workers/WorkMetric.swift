import MartletCore

/// What workers count; the raw values are the names in the store. Times are in milliseconds.
public enum WorkMetric: String, Sendable, CaseIterable {
    /// Statements of findings that were read, whatever became of them.
    case findings
    /// Of those of published scans: what became of them.
    case duplicates, new, changed, updated, unchanged, returned
    /// Statements that could not be used.
    case rejected
    /// Findings of published scans that were not there any more.
    case gone
    /// Batches that were written.
    case batches
    /// Waiting for the source, writing batches, publishing.
    case sourceTime = "source_ms", ingestTime = "ingest_ms", publishTime = "publish_ms"
    /// Scans of accounts that were published.
    case published
    /// Attempts at jobs, by their ends.
    case completed, failed, cancelled, queued, lost
    /// Attempts at jobs that had been tried before.
    case retries
    /// Transactions that waited for a connection, those that waited in vain, and those that ran again.
    case poolWaits = "pool_waits", poolTimeouts = "pool_timeouts", databaseRetries = "database_retries"
    /// Spans that a collector took, and those that were given up.
    case spansSent = "spans_sent", spansDropped = "spans_dropped"

    /// The end of an attempt as counted; nil stands for one whose job another worker may have.
    static func ended(_ state: JobState?) -> WorkMetric { state.flatMap { Self(rawValue: $0.rawValue) } ?? .lost }
}
