import MartletCore

/// A check that could not look everywhere in an account.
public struct CheckGap: Sendable, Hashable {
    /// The account.
    public var account: AccountKey
    /// The check's id.
    public var check: String
    /// What became of it where that was worst.
    public var state: CoverageState
}
