import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: health")
struct HealthTests {
    /// What a server that has just come up says.
    private func ask(_ path: String, _ api: APIFixture) async throws -> Answer {
        var services = api.services
        services.health = HealthCache()
        let fresh = APIFixture(
            store: api.store, access: api.access, ring: api.ring, services: services, tenant: api.tenant,
            owner: api.owner)
        return try await fresh.ask(.get, path, showing: .nothing)
    }

    /// That it is ready but for what `red` names.
    private func expect(
        red: String? = nil, _ api: APIFixture, _ what: String, _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let ready = try await ask("/health/ready", api)
        #expect(ready.status == (red == nil ? 200 : 503), "\(what): \(ready.text)", sourceLocation: location)
        #expect(ready.json["status"]?.stringValue == (red == nil ? "pass" : "fail"), sourceLocation: location)
        for check in ["database", "schema", "workers"] {
            let wanted = check == red ? "fail" : red == "database" ? nil : "pass"
            // Without its schema nothing is known of the queue.
            if red == "schema", check == "workers" { continue }
            #expect(ready.json["checks"]?[check]?.stringValue == wanted, "\(what) \(check)", sourceLocation: location)
        }
        let live = try await ask("/health/live", api)
        #expect(live.status == 200 && live.json["status"]?.stringValue == "pass", sourceLocation: location)
    }

    @Test("ready is red while the schema is another", arguments: ServerStore.allCases)
    func schema(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            try await expect(api, "fresh")
            let owner = api.store.database.scoped(to: .owner)
            let last = "version = (SELECT MAX(version) FROM migrations)"
            let content = try await owner.write { connection -> String in
                let content = try connection.first("SELECT content FROM migrations WHERE \(last)") { $0.text(0) }
                try connection.execute("UPDATE migrations SET content = 'another' WHERE \(last)")
                return try #require(content)
            }
            try await expect(red: "schema", api, "changed")
            try await owner.write {
                try $0.execute("UPDATE migrations SET content = $1 WHERE \(last)", [.text(content)])
                try $0.execute("INSERT INTO migrations (version, name, content, applied_at) VALUES (9999, 'n', 'c', 0)")
            }
            try await expect(red: "schema", api, "newer")
            try await owner.write { try $0.execute("DELETE FROM migrations WHERE version = 9999") }
            try await expect(api, "current again")
        }
    }

    @Test("ready is red while work waits and no worker lives", arguments: ServerStore.allCases)
    func workers(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let tenant = api.tenant.number
            try await api.change { connection in
                var later = JobRequest(id: "later", kind: .retention, payload: "{}")
                later.runAt = Timestamp(milliseconds: try connection.now() + 3_600_000)
                _ = try Jobs.enqueue(later, tenant: tenant, connection)
            }
            try await expect(api, "whose time has not come")
            try await api.change {
                _ = try Jobs.enqueue(JobRequest(id: "job", kind: .retention, payload: "{}"), tenant: tenant, $0)
            }
            try await expect(api, "it has not waited long")
            let older = "queued_at = queued_at - $1, run_at = run_at - $1 WHERE id = 'job'"
            _ = try await api.change {
                try $0.execute("UPDATE jobs SET \(older)", [.int(StoreHealth.patience + 1_000)])
            }
            try await expect(red: "workers", api, "nobody takes it")
            try await api.working([.retention: RetentionRunner()]) {
                let isDone = try await Self.ended("job", api)
                #expect(isDone)
            }
            try await expect(api, "it was taken")
        }
    }

    private static func ended(_ job: String, _ api: APIFixture) async throws -> Bool {
        for _ in 0..<6_000 {
            let state = try await api.store.database.read {
                try $0.first("SELECT state FROM jobs WHERE id = $1", [.text(job)]) { $0.text(0) }
            }
            if state == "completed" { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test("a database that is asked in vain is not waited for")
    func patience() async throws {
        let cache = HealthCache(patience: .milliseconds(50))
        await #expect(throws: (any Error).self) {
            try await cache.health {
                try await Task.sleep(for: .seconds(60))
                return StoreHealth()
            }
        }
        #expect(
            try await cache.health {
                var health = StoreHealth()
                health.isCurrent = true
                return health
            }.isCurrent)
    }

    @Test("ready is red when the database is away, and live does not ask it", arguments: ServerStore.allCases)
    func database(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let statements = await api.store.statementCount
            for _ in 0..<3 { #expect(try await ask("/health/live", api).status == 200) }
            #expect(await api.store.statementCount == statements)
            // A file does not go away.
            guard place == .postgresql else { return }
            await api.store.close()
            try await expect(red: "database", api, "closed")
        }
    }
}
