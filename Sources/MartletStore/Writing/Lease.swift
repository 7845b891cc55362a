import MartletCore

/// Who holds an account, and until when.
public struct Lease: Sendable, Hashable {
    /// The account that is held.
    public var account: AccountID
    /// From the database's monotonic sequence; every transaction of the work proves it.
    public var token: Int64
    /// The id of the scan for which it is held.
    public var scan: String
    /// The process that holds it.
    public var holder: Worker
    /// From this moment of the database's clock on anybody may claim the account. As of the claim or the last look;
    /// renewals move it.
    public var expiresAt: Timestamp

    /// Makes a lease as it stands in the store; only ``Leases/claim(_:scan:worker:lifetime:_:)`` gives one to work
    /// with.
    public init(account: AccountID, token: Int64, scan: String, holder: Worker, expiresAt: Timestamp) {
        self.account = account
        self.token = token
        self.scan = scan
        self.holder = holder
        self.expiresAt = expiresAt
    }
}
