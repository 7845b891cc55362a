import MartletCore
import MartletStore

/// The claim of a scan that a worker holds: the account of its job, and no other.
struct QueuedScan: LaneClaimer {
    let context: JobContext
    let key: AccountKey

    let keeper: Rescue? = nil
    let isOfQueue = true

    /// Begins the attempt, under the token: undoes what an unpublished generation has left, and takes the next one.
    func claim(_ account: AccountKey, source: String, origin: String) async throws -> AccountClaim? {
        guard account == key else { return nil }
        let context = context
        let lease = context.job.lease
        return try await context.store.database.write { connection in
            try context.announce(connection)
            let names = try Names.numbers(of: [source], kind: .source, tenant: lease.account.tenant, connection)
            try connection.lock(.account(lease.account))
            try Scans.failAbandoned(lease.account, except: lease.scan, at: try connection.now(), connection)
            let generation = try Generations.begin(lease.account, connection)
            let counters = try Accounts.counters(lease.account, connection)
            try Scans.setGeneration(generation, id: lease.scan, tenant: lease.account.tenant, connection)
            try context.prove(connection)
            return AccountClaim(
                lease: lease, generation: generation, counters: counters, source: names[source] ?? 0)
        }
    }

    /// The scan and its job are completed together, or not at all.
    func published(_ connection: any Connection) throws { try context.complete(connection) }
}
