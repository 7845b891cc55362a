import MartletCore

/// A running job whose lease is not what it should be, or whose holder is on a host that can be asked.
public struct LostJob: Sendable, Hashable {
    /// Which job it is.
    public var job: JobID
    /// The subject of its fence.
    public var account: AccountID
    /// Of the claim that is looked at.
    public var token: Int64
    /// The lease as it stands; nil when another claim has taken its place, or there is none.
    public var lease: Lease?
    /// Of the database's clock, at the look.
    public var now: Timestamp
}
