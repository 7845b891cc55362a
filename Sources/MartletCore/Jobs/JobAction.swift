/// What must be written together with a job's new row, in the same transaction.
public enum JobAction: Sendable, Hashable {
    /// Write the claim's token to the fence of the job's subject, and a lease.
    case takeLease(token: Int64)
    /// Remove the lease, which the token still holds.
    case releaseLease(token: Int64)
    /// Remove the lease and put a new token on the fence where this one still stands: from then on nothing of the attempt
    /// can commit.
    case retireToken(Int64)
    /// The holder must end the work.
    case stopWorker(token: Int64)
    /// Tell idle workers that there is work from this moment on.
    case wakeWorkers(at: Int64)
    /// Show this state in the scan's row.
    case showScan(ScanState)
    /// Progress begins at nothing.
    case restartProgress
}
