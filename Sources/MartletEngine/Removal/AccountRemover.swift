import MartletCore
import MartletStore

/// Removes the rows of an account that has been hidden, a bounded number a transaction, each of which proves a lease on it.
struct AccountRemover: Sendable {
    let store: Store
    let lease: Lease
    /// How long the lease lives after a proof, in milliseconds.
    let lifetime: Int64
    var batchSize = AccountRemover.defaultBatchSize

    /// Rows of a transaction: some tens of milliseconds.
    static let defaultBatchSize = 2_000

    /// Removes everything but what `finish` removes, in a transaction that proves the lease by itself.
    ///
    /// - Parameters:
    ///   - progress: Gets how far it has come, in thousandths.
    ///   - finish: Ends the removal in the transaction that has found nothing left.
    /// - Throws: ``MartletError`` (`lease_lost`) when another process has taken the removal over.
    func run(
        progress: @Sendable (Int) -> Void = { _ in }, finish: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        while true {
            let tables = AccountRemoval.tables
            for (place, table) in tables.enumerated() {
                progress(place * 990 / tables.count)
                try await empty(table, progress: { progress(place * 990 / tables.count) })
            }
            let (account, lease) = (lease.account, lease)
            let isDone = try await store.database.write { connection in
                try Leases.announce(lease, connection)
                guard try AccountRemoval.isDone(account, connection) else { return false }
                try finish(connection)
                return true
            }
            if isDone { return }
        }
    }

    private func empty(_ table: String, progress: @Sendable () -> Void) async throws {
        let (lease, lifetime, limit) = (lease, lifetime, batchSize)
        while true {
            try Task.checkCancellation()
            let removed = try await store.database.write { connection in
                try Leases.announce(lease, connection)
                let removed = try AccountRemoval.removeBatch(of: table, lease.account, limit: limit, connection)
                try Leases.prove(lease, lifetime: lifetime, connection)
                return removed
            }
            if removed < limit { return }
            progress()
        }
    }
}
