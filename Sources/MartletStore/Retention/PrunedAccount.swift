import MartletCore

/// An account as retention finds it.
public struct PrunedAccount: Sendable, Hashable {
    /// Where it is in the store.
    public var id: AccountID
    /// Its provider and uid.
    public var key: AccountKey
    /// The oldest generation that can be read; 0 while everything can.
    public var horizon: Int64
    /// The horizon up to which pruning has come to its end; behind `horizon` while rows are left to be removed.
    public var pruned: Int64
}
