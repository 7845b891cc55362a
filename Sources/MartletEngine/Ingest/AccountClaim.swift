import MartletCore
import MartletStore

/// An account taken for one attempt.
struct AccountClaim: Sendable {
    var lease: Lease
    var generation: Int64
    var counters: AccountCounters
    var source: Int64
}
