/// Where a scan is in its life. The raw value is what databases and output show.
public enum ScanState: String, Sendable, Hashable, CaseIterable {
    /// Asked for, not begun.
    case queued
    /// Its batches are being written; nothing of it is visible.
    case running
    /// The source has been read to its end and the posture is being computed.
    case publishing
    /// Published, whole.
    case completed
    /// Published, but part of the source could not be used.
    case completedWithGaps = "completed_with_gaps"
    /// Ended by an error; what it wrote is undone, at the latest by the account's next scan.
    case failed
    /// Ended on request before it was published.
    case cancelled

    /// Nothing changes any more.
    public var isFinal: Bool {
        switch self {
        case .queued, .running, .publishing: false
        case .completed, .completedWithGaps, .failed, .cancelled: true
        }
    }
}
