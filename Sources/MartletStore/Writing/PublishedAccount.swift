import MartletCore

/// An account that has something published.
public struct PublishedAccount: Sendable, Hashable {
    /// Where it is in the store.
    public var id: AccountID
    /// Its provider and uid.
    public var key: AccountKey
    /// The generation readers see.
    public var published: Int64
    /// A change of mutes or frameworks has not reached its posture yet.
    public var pending: Bool
}
