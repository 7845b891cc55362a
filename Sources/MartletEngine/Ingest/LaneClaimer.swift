import MartletCore
import MartletStore

/// Gives a run over a source the accounts that it may write to: for an import each account that its source names, for a
/// scan of the queue the one account that its worker holds. All that comes after the claim is the same.
protocol LaneClaimer: Sendable {
    /// Takes an account; nil when the run has nothing to do with it.
    func claim(_ key: AccountKey, source: String, origin: String) async throws -> AccountClaim?

    /// Ends what the publish of the account's scan ends with it, in its transaction.
    func published(_ connection: any Connection) throws

    /// What keeps the tenant free of dead holders' transactions meanwhile; nil where someone else does.
    var keeper: Rescue? { get }

    /// Leases are renewed, and attempts that fail are ended, by the worker that has claimed the job.
    var isOfQueue: Bool { get }
}
