import MartletCore
import Testing

@testable import MartletStore

/// Short ways to use a store's queue.
struct QueueFixture: Sendable {
    let store: Store

    var dispatch: any Database { store.database.scoped(to: .dispatch) }

    /// Runs `body` with a store on a database.
    static func with(_ driver: Driver, _ body: (QueueFixture) async throws -> Void) async throws {
        try await driver.withStore { try await body(QueueFixture(store: $0)) }
    }

    /// The same store for another tenant.
    func tenant(_ name: String) async throws -> QueueFixture {
        let database = store.database.scoped(to: .owner)
        return QueueFixture(store: try await Store.open(database: database, url: "test:x", tenant: name))
    }

    /// An account and a queued scan of it.
    @discardableResult
    func queueScan(
        _ id: String, account uid: String, priority: Int64 = 0, queue: String = "default", key: String? = nil,
        runAt: Int64? = nil
    ) async throws -> Jobs.Enqueued {
        let tenant = store.tenant
        return try await store.database.write { connection in
            let account = try Sample.account(uid, tenant, connection)
            try Scans.queue(
                id: id, account: account, origin: "o", scope: "matrix", config: nil, at: try connection.now(),
                connection)
            var request = JobRequest(id: id, kind: .scan, payload: "{}", account: account.account)
            request.priority = priority
            request.queue = queue
            request.uniqueKey = key
            request.runAt = runAt.map(Timestamp.init(milliseconds:))
            return try Jobs.enqueue(request, tenant: tenant, connection)
        }
    }

    func claim(
        _ limit: Int = 1, worker: String = "w", queues: [String] = [], lifetime: Int64 = 60_000
    ) async throws -> [ClaimedJob] {
        let request = ClaimRequest(
            worker: Sample.worker(worker), queues: queues, limit: limit, lifetime: lifetime)
        return try await dispatch.write { try Jobs.claim(request, $0) }
    }

    /// The ids that claims of one job each give, until there is none.
    func drain(worker: String = "w", queues: [String] = []) async throws -> [String] {
        var ids: [String] = []
        while let job = try await claim(worker: worker, queues: queues).first { ids.append(job.job.id) }
        return ids
    }

    @discardableResult
    func apply(_ event: JobEvent, _ id: String, limits: JobLimits = JobLimits()) async throws -> JobTransition {
        let job = JobID(tenant: store.tenant, id: id)
        return try await store.database.write { try Jobs.apply(event, to: job, limits: limits, $0) }
    }

    func machine(_ id: String) async throws -> JobMachine {
        let job = JobID(tenant: store.tenant, id: id)
        return try #require(try await store.database.write { try Jobs.machine(of: job, $0) }).machine
    }

    func scan(_ id: String) async throws -> ScanRow { try #require(try await store.read { try $0.scan(id) }) }

    func suspects(host: String = "elsewhere") async throws -> [LostJob] {
        try await dispatch.write { try Jobs.suspects(seenFrom: host, $0) }
    }
}
