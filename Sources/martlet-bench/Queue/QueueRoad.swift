import Glibc
import MartletCore
import MartletEngine
import MartletStore

/// What a client and a worker do to a queue, without the work itself.
struct QueueRoad: Sendable {
    let store: Store
    let worker: Worker

    /// How long claims hold; nothing is renewed here.
    static let lifetime: Int64 = 600_000

    init(store: Store, worker: String) {
        self.store = store
        self.worker = Worker(name: worker, host: "bench", pid: Int64(getpid()))
    }

    /// Asks for a scan of an account, as a client does.
    func enqueue(_ account: String) async throws -> String {
        try await ScanQueue(store: store).start(account: account, order: ScanOrder(source: "file:/bench"))
    }

    /// Takes up to `limit` jobs.
    func claim(_ limit: Int) async throws -> [ClaimedJob] {
        let request = ClaimRequest(worker: worker, limit: limit, lifetime: Self.lifetime)
        return try await store.database.scoped(to: .dispatch).write { try Jobs.claim(request, $0) }
    }

    /// Ends a job as a worker does when its runner is done.
    func complete(_ job: ClaimedJob) async throws {
        try await store.database.scoped(to: .tenant(job.job.tenant)).write { connection in
            try Leases.announce(job.lease, connection)
            try Jobs.apply(.complete(token: job.lease.token), to: job.job, connection)
            try Leases.prove(job.lease, lifetime: Self.lifetime, connection)
        }
    }

    /// Claims and completes until the queue is empty. Gives the number of jobs.
    func drain(batch: Int) async throws -> Int {
        var count = 0
        while true {
            let jobs = try await claim(batch)
            guard !jobs.isEmpty else { return count }
            for job in jobs { try await complete(job) }
            count += jobs.count
        }
    }
}
