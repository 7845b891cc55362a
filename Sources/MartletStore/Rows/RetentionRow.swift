import MartletCore

/// What a tenant keeps, and what of it can be read now.
public struct RetentionRow: Sendable, Hashable {
    /// What can be read of one account.
    public struct Account: Sendable, Hashable {
        /// The account's provider and uid.
        public var account: AccountKey
        /// The oldest scan that can be read; nil when its row is missing.
        public var oldest: PublishedScan?
        /// Published scans, all whose rows are there.
        public var scans: Int
        /// Those that can be read.
        public var readable: Int
        /// Rows of scans that can't be read any more are still to be removed.
        public var unfinished: Bool
    }

    /// The rule; one that keeps everything where none is set.
    public var rule: RetentionRule
    /// Accounts that have something published, by provider and uid.
    public var accounts: [Account]
}
