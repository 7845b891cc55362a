import MartletCore

/// A file that was uploaded, and what became of it.
public struct IngestionRow: Sendable, Hashable {
    /// The scan of one account that the file speaks of.
    public struct Scan: Sendable, Hashable {
        /// The account's number.
        public var account: Int64
        /// The scan's id.
        public var scan: String
        /// Where the scan is in its life.
        public var state: ScanState
        /// Findings of it that were read, and those of them that could not be used.
        public var read: Int64
        /// Those of them that could not be used.
        public var rejected: Int64
    }

    /// A UUID.
    public var id: String
    /// `uploading`, `pending`, `processing`, `completed` or `failed`, with the scans taken into account.
    public var state: String
    /// What the file is called.
    public var name: String
    /// Its bytes.
    public var size: Int64
    /// Statements in it; 0 until it was looked through.
    public var total: Int64
    /// Those that cannot be used.
    public var invalid: Int64
    /// When the upload began.
    public var createdAt: Timestamp
    /// The user who sent it.
    public var createdBy: String?
    /// When it, or the last of its scans, ended.
    public var finishedAt: Timestamp?
    /// Why it failed.
    public var failure: JobFailure?
    /// Its scans, by account.
    public var scans: [Scan]
}
