/// What a transaction may have to itself.
public enum TransactionLock: Sendable, Hashable {
    /// An account: its posture, its claim, its removal.
    case account(AccountID)
    /// The making of tenants.
    case tenants
    /// The giving of new numbers in a table of a tenant. `when` is an SQL condition with the tenant as `$1`; where it
    /// does not hold nothing is locked.
    case numbers(table: String, tenant: Int64, when: String? = nil)
    /// The work under a token. It is shared and keeps nobody waiting; it tells for which lease a transaction works, so
    /// that ``Connection/work(under:ends:)`` finds it.
    case work(token: Int64)
}
