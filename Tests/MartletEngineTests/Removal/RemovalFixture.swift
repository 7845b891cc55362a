import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Two tenants with two accounts each, and everything that the database has of them.
struct RemovalFixture: Sendable {
    let test: TestStore
    let other: Store
    let first: AccountKey
    let second: AccountKey

    static func with(_ place: StorePlace, _ body: (RemovalFixture) async throws -> Void) async throws {
        try await TestStore.with(place) { test in
            let other = try await Store.open(database: test.store.database, url: test.url, tenant: "other")
            let provider = try #require(Provider(name: "aws"))
            let fixture = RemovalFixture(
                test: test, other: other, first: AccountKey(provider: provider, uid: "111"),
                second: AccountKey(provider: provider, uid: "222"))
            for store in [test.store, other] {
                for key in [fixture.first, fixture.second] {
                    for time in 1...2 { try await fixture.scan(key, of: store, at: Int64(time)) }
                }
                try await Administration(store: store).addMute(MuteRule(id: "m", checks: ["c1"], reason: "r"))
            }
            try await body(fixture)
        }
    }

    /// Findings of which some change from scan to scan.
    func scan(_ key: AccountKey, of store: Store, at time: Int64) async throws {
        var batch = ObservationBatch()
        batch.findings = (0..<20).map { number in
            var statement = Statement(
                check: "c\(number % 3)", uid: "u\(number)", detail: "d\(number % 4 == 0 ? time : 0)")
            statement.tags = [Tag(key: "k", value: "\(number)")]
            return statement.observation(at: time, account: key)
        }
        _ = try await Importer(store: store).run(
            source: MemorySource([batch], scanner: "s"), origin: "test", options: ImportOptions())
    }

    /// Every row of every table that has a column, with this value in it, by the database's own catalogue.
    func rows(_ column: String, _ value: Int64, tenant: Int64) async throws -> [String: [String]] {
        try await test.store.database.scoped(to: .owner).read { connection in
            var names: [String] = []
            let list =
                connection.dialect == .sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                : "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            try connection.query(list) { names.append($0.text(0)) }
            var rows: [String: [String]] = [:]
            for table in names {
                let columns = try connection.columns(of: table)
                let key = table == "tenants" ? "id" : "tenant"
                let place = table == "accounts" && column == "account" ? "id" : table == "tenants" ? "id" : column
                guard columns.contains(key), columns.contains(place), table != "tenants" || column == "tenant" else {
                    continue
                }
                try connection.query(
                    "SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE \(key) = $1 AND \(place) = $2",
                    [.int(tenant), .int(value)]
                ) { row in
                    rows[table, default: []].append(columns.indices.map { "\(row.value($0))" }.joined(separator: " "))
                }
                rows[table]?.sort()
            }
            return rows
        }
    }

    func number(_ key: AccountKey) async throws -> Int64 {
        let tenant = test.store.tenant
        let account = try await test.store.database.read { try Accounts.existingAccount(key, tenant: tenant, $0) }
        return try #require(account?.account)
    }

    func state(_ job: String) async throws -> JobState? {
        try await test.store.readRetrying { try $0.job(job)?.state }
    }

    func wait(_ what: String, until holds: () async throws -> Bool) async throws {
        for _ in 0..<6_000 {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("never: \(what)")
        throw MartletError(.limit, "waited too long")
    }

    /// Claims what waits and has a runner do it on a database that fails, each time some statements later, until it comes to
    /// its end. Gives after how many statements it did.
    func breakOff(_ runner: some JobRunner, every step: Int) async throws -> Int {
        let store = test.store
        let claimed = try await store.database.scoped(to: .dispatch).write {
            try Jobs.claim(ClaimRequest(worker: .current(), lifetime: 600_000), $0)
        }
        let failing = FailingDatabase(store.database, failsReads: true)
        let broken = try await Store.open(database: failing, url: "test:x", tenant: store.tenantName)
        let context = JobContext(job: try #require(claimed.first), store: broken, lifetime: 600_000)
        var statements = 0
        while statements < 20_000 {
            failing.fail(at: " ", after: statements)
            do {
                _ = try await runner.run(context)
                return statements
            } catch let error as MartletError {
                #expect(error.code == .io)
            }
            statements += step
        }
        throw MartletError(.limit, "it has never come to its end")
    }
}
