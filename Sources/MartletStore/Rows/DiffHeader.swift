import MartletCore

/// Which scans a comparison is between.
public struct DiffHeader: Sendable, Hashable {
    /// An account and its two scans; the earlier one is nil when the account has been scanned once.
    public struct Pair: Sendable, Hashable {
        /// The account whose scans they are.
        public var account: AccountKey
        /// The id of the earlier scan.
        public var from: String?
        /// The id of the later scan.
        public var to: String
    }

    /// One pair for each account that was compared, by provider and uid.
    public var pairs: [Pair]
}
