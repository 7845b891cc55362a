import MartletCore
import MartletPolicy

/// What the security score of one account is computed from.
public struct ScoreTallyRow: Sendable, Hashable {
    /// The account.
    public var account: AccountKey
    /// Its number.
    public var number: Int64
    /// The scan that is read; nil where none was ever published.
    public var scan: String?
    /// The counts.
    public var tally: ScoreTally
}
