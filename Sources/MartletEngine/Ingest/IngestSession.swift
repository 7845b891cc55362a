import MartletCore
import MartletStore
import Synchronization

/// One scan of one account on its way into the store: from the claim to the end of the last batch.
///
/// Only one task at a time uses a session, so the lock around its memory is never waited for.
final class IngestSession: Sendable {
    let store: Store
    let key: AccountKey
    let account: AccountID
    let scan: String
    let lease: Lease
    let generation: Int64
    let published: Int64
    /// When the source of the published scan looked.
    let publishedAt: Timestamp?
    let sourceName: String
    let source: Int64
    let leaseMilliseconds: Int64
    let memory: Mutex<IngestMemory>

    init(
        store: Store, key: AccountKey, sourceName: String, leaseMilliseconds: Int64, claim: AccountClaim
    ) {
        self.store = store
        self.key = key
        self.sourceName = sourceName
        self.leaseMilliseconds = leaseMilliseconds
        account = claim.lease.account
        scan = claim.lease.scan
        lease = claim.lease
        generation = claim.generation
        published = claim.counters.published
        publishedAt = claim.counters.observedAt
        source = claim.source
        memory = Mutex(
            IngestMemory(nextResource: claim.counters.nextResource, isFirst: claim.counters.published == 0))
    }

    /// Writes a batch in one transaction, which proves the token at its end. After an error nothing of the batch is
    /// there, in the store or in memory.
    func ingest(_ batch: PreparedBatch, _ description: AccountDescription? = nil) async throws {
        let changes = try await store.database.write { connection in
            try Leases.announce(self.lease, connection)
            let writer = BatchWriter(
                account: self.account, generation: self.generation, source: self.source, connection: connection)
            let changes = try self.memory.withLock { try writer.write(batch, memory: $0) }
            if let description { try Accounts.describe(self.account, description, connection) }
            try Leases.prove(self.lease, lifetime: self.leaseMilliseconds, connection)
            return changes
        }
        memory.withLock { $0.apply(changes, of: batch) }
    }

    /// Takes in statements that the source repeats word for word; only those that another statement of the scan has
    /// changed ask the database.
    func ingest(_ statements: [RecognisedStatement]) async throws {
        let changed = memory.withLock { $0.take(statements) }
        guard !changed.isEmpty else { return }
        let batch = try await store.database.readRetrying { connection in
            try RecognisedReplay.batch(changed, self.account, connection)
        }
        try await ingest(batch)
    }

    /// Keeps what the source says of the account.
    func describe(_ description: AccountDescription) async throws {
        try await store.database.write { connection in
            try Leases.announce(self.lease, connection)
            try Accounts.describe(self.account, description, connection)
            try Leases.prove(self.lease, lifetime: self.leaseMilliseconds, connection)
        }
    }

    /// Renews the lease while the source lets the session wait; ends when the lease is lost or the task is cancelled.
    /// One session of a run keeps its tenant free of what holders of other accounts have left, too.
    func keepAlive(rescue: Rescue?) async {
        let pause = Duration.milliseconds(max(leaseMilliseconds * 2 / 7, 50))
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            do {
                try await store.database.write { connection in
                    try Leases.announce(self.lease, connection)
                    try Leases.prove(self.lease, lifetime: self.leaseMilliseconds, connection)
                }
            } catch let error as MartletError where error.code == .leaseLost {
                // It shows at the next batch or at publish, which prove it too and report it.
                return
            } catch {
                // A database that is away for a moment may be back before the lease expires.
            }
            try? await rescue?.sweep()
        }
    }

    /// Undoes the attempt and writes down why. Writes nothing when someone else has taken over: who takes an account over
    /// also ends the scans that were left behind.
    func fail(_ error: MartletError, details: ScanDetails) async {
        // When even this fails the next attempt undoes and takes the account over; the first error is the one to tell.
        try? await store.database.write { connection in
            try Leases.announce(self.lease, connection)
            try Leases.prove(self.lease, lifetime: self.leaseMilliseconds, connection)
            try Generations.undo(self.account, after: self.published, connection)
            try Scans.fail(
                id: self.scan, tenant: self.account.tenant, source: self.sourceName, error: error,
                counts: details.text, at: try connection.now(), connection)
            try Leases.release(self.lease, connection)
        }
    }
}
