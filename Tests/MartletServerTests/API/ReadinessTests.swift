import MartletCore
import MartletTestSupport
import Testing

@testable import MartletServer
@testable import MartletStore

/// Health checks borrow connections and give them back.
@Suite struct ReadinessTests {
    @Test func askedMoreOftenThanThereAreConnections() async throws {
        let place = try await PostgresPlace()
        do {
            try await APIFixture.with(url: place.url + "&pool=2") { api in
                func answer() async throws -> Answer {
                    // Each asks the database: what is remembered for two seconds is the cache's.
                    var api = api
                    api.services.health = HealthCache()
                    return try await api.ask(.get, "/health/ready", showing: .nothing)
                }
                for _ in 0..<12 {
                    let reply = try await answer()
                    #expect(reply.status == 200, "\(reply.text)")
                }
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<24 { group.addTask { try await answer().status } }
                    for try await status in group { #expect(status == 200) }
                }
                let status = await api.store.database.poolStatus
                #expect(status.inUse == 0 && status.idle <= 2 && status.waiting == 0 && status.timeouts == 0)
                // There is one left for work.
                let tenants = try await api.store.database.scoped(to: .dispatch).read {
                    try $0.first("SELECT COUNT(*) FROM tenants") { $0.int(0) }
                }
                #expect(tenants == 1)
            }
        } catch {
            await place.remove()
            throw error
        }
        await place.remove()
    }

    @Test(arguments: ServerStore.allCases)
    func workWithoutWorkers(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let tenant = api.store.tenant
            try await api.store.database.write { connection in
                let request = JobRequest(id: "j", kind: .retention, payload: "{}")
                _ = try Jobs.enqueue(request, tenant: tenant, connection)
            }
            func seen() async throws -> (Answer, PrometheusReader) {
                var api = api
                api.services.health = HealthCache()
                let ready = try await api.ask(.get, "/health/ready", showing: .nothing)
                return (ready, try PrometheusReader(try await api.ask(.get, "/metrics", showing: .nothing).text))
            }
            var (ready, metrics) = try await seen()
            #expect(ready.status == 200 && metrics.value("martlet_queue_lacks_workers") == 0)
            // An hour later.
            try await api.store.database.scoped(to: .owner).write {
                try $0.execute("UPDATE jobs SET queued_at = queued_at - 3600000, run_at = run_at - 3600000")
            }
            (ready, metrics) = try await seen()
            #expect(ready.status == 503 && ready.json["checks"]?["workers"]?.stringValue == "fail", "\(ready.text)")
            #expect(ready.json["checks"]?["database"]?.stringValue == "pass", "\(ready.text)")
            #expect(metrics.value("martlet_queue_lacks_workers") == 1 && metrics.value("martlet_workers") == 0)
            #expect(metrics.value("martlet_queue_oldest_seconds") ?? 0 >= 3_600)
            // Somebody who works shows it by a lease, however long the rest has to wait.
            _ = try await api.store.database.scoped(to: .dispatch).write {
                try Jobs.claim(ClaimRequest(worker: Worker(name: "w", host: "h", pid: 1), lifetime: 600_000), $0)
            }
            (ready, metrics) = try await seen()
            #expect(ready.status == 200 && metrics.value("martlet_queue_lacks_workers") == 0, "\(ready.text)")
        }
    }
}
