import MartletCore
import MartletStore

/// What retention did, or would do.
public struct RetentionReport: Sendable {
    /// How far an account was pruned.
    public enum State: String, Sendable {
        /// Nothing is left before the horizon.
        case done
        /// Rows are left for the next time.
        case partial
        /// The account is being scanned and was left alone.
        case busy
        /// Nothing was changed: it was only asked what would be.
        case planned
    }

    /// One account's part.
    public struct Account: Sendable {
        /// The account's provider and uid.
        public var account: AccountKey
        /// How far it got.
        public var state: State
        /// The oldest scan that can be read afterwards; nil when there is none.
        public var oldest: PublishedScan?
        /// Published scans that can be read afterwards.
        public var readable: Int
        /// Published scans that could be read before and can't be afterwards.
        public var forgotten: Int
        /// Rows removed, or to be removed, by what they are; only what is not 0.
        public var removed: [PrunableTable: Int] = [:]
    }

    /// Accounts that have something published, by provider and uid.
    public var accounts: [Account] = []
    /// Texts of checks that were removed because no scan that can be read names them; nil when it was only planned.
    public var checkTexts: Int?
    /// Frameworks that were removed for the same reason.
    public var frameworks: Int?
}
