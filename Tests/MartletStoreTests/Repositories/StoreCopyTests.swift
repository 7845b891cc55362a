import MartletCore
import MartletPolicy
import MartletTestSupport
import Testing

@testable import MartletStore

@Suite("StoreCopy")
struct StoreCopyTests {
    /// A store with two tenants and rows in every table that is copied, more than one portion of findings.
    private static func fill(_ store: Store) async throws {
        let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
        try await store.everything.write { connection in
            for tenant in [store.tenant, other.tenant] {
                let account = AccountID(tenant: tenant, account: 1)
                let tables = TableCatalog.copied.filter { $0 != "tenants" } + TableCatalog.copiedOfInstallation
                try Filler(connection: connection).fill(tables, account)
                try Findings.open((1...2_500).map { Sample.finding($0) }, account, generation: 1, connection)
            }
            let lease = try Leases.claim(
                AccountID(tenant: 1, account: 1), scan: "s", worker: Sample.worker(), lifetime: 1, connection)
            try Leases.release(lease, connection)
        }
    }

    private static let copied = TableCatalog.copiedOfInstallation + TableCatalog.copied

    private static func dumps(_ store: Store) async throws -> [String: [String]] {
        try await store.everything.read { connection in
            var dumps: [String: [String]] = [:]
            for table in copied { dumps[table] = try connection.dump(table) }
            return dumps
        }
    }

    @Test("the target equals the source row by row, and tokens go on", arguments: Driver.all, Driver.all)
    func equal(from: Driver, to: Driver) async throws {
        try await from.withStore { source in
            try await Self.fill(source)
            try await to.withStore { target in
                let rows = try await StoreCopy.copy(from: source, to: target)
                let (copied, original) = (try await Self.dumps(target), try await Self.dumps(source))
                for table in Self.copied {
                    #expect(copied[table] == original[table], "\(table)")
                    #expect(original[table]?.isEmpty == false, "\(table) was empty, so nothing was tried")
                }
                #expect(rows == original.values.reduce(0) { $0 + $1.count })
                let known = try await source.everything.read { try $0.dump("fences") }
                let lease = try await target.everything.write {
                    try Leases.claim(
                        AccountID(tenant: 1, account: 1), scan: "s", worker: Sample.worker(), lifetime: 1, $0)
                }
                #expect(!known.contains { $0.contains("token=int(\(lease.token))") })
                let highest = try await source.everything.read { connection in
                    try connection.first("SELECT MAX(token) FROM fences") { $0.int(0) } ?? 0
                }
                #expect(lease.token > highest)
            }
        }
    }

    @Test(
        "a target with data is refused and left alone", arguments: Driver.all,
        ["accounts", "frameworks", "mutes", "secrets", "external_sources", "users"])
    func refuses(driver: Driver, table: String) async throws {
        try await driver.withStore { source in
            try await Self.fill(source)
            try await driver.withStore { target in
                try await target.everything.write {
                    try Filler(connection: $0).fill([table], AccountID(tenant: target.tenant, account: 1))
                }
                let before = try await Self.dumps(target)
                await expectError(.conflict) { _ = try await StoreCopy.copy(from: source, to: target) }
                #expect(try await Self.dumps(target) == before)
            }
        }
    }

    @Test("a copy that fails while reading leaves the target as it was", arguments: Driver.all)
    func failsWhileReading(driver: Driver) async throws {
        try await driver.withStore { source in
            try await Self.fill(source)
            let broken = try await Store.open(
                database: FailingDatabase(source.database, failing: "FROM scans", failsReads: true), url: "test:x",
                tenant: "first")
            try await driver.withStore { target in
                let before = try await Self.dumps(target)
                await expectError(.io) { _ = try await StoreCopy.copy(from: broken, to: target) }
                #expect(try await Self.dumps(target) == before)
            }
        }
    }

    @Test("a copy that fails while writing ends, and leaves the target as it was", arguments: Driver.all)
    func failsWhileWriting(driver: Driver) async throws {
        try await driver.withStore { source in
            try await Self.fill(source)
            try await driver.withStore { target in
                let before = try await Self.dumps(target)
                let broken = try await Store.open(
                    database: FailingDatabase(target.database, failing: "findings", failsReads: true), url: "test:x",
                    tenant: "first")
                await expectError(.io) { _ = try await StoreCopy.copy(from: source, to: broken) }
                #expect(try await Self.dumps(target) == before)
            }
        }
    }

    @Test("frameworks that came by themselves are no data of the target", arguments: Driver.all)
    func defaults(driver: Driver) async throws {
        try await driver.withStore { source in
            try await Self.fill(source)
            var program = source
            let entry = DefaultFrameworks.Entry(id: "shipped", contents: [Sample.hash(1)]) { [] }
            program.defaultFrameworks = DefaultFrameworks([try #require(entry)])
            try await driver.withStore { target in
                func add(_ id: Int64, isActive: Bool) async throws {
                    try await target.database.write { connection in
                        try connection.execute("DELETE FROM frameworks WHERE tenant = $1", [.int(target.tenant)])
                        try connection.execute(
                            "INSERT INTO frameworks VALUES ($1, $2, 'shipped', '', '', $3, $4, 0, '{}', '{}')",
                            [.int(target.tenant), .int(id), .int(isActive ? 1 : 0), .hash(Sample.hash(Int(id)))])
                    }
                }
                let copied = program
                // One that the tenant has removed, and one with another content.
                for (id, isActive) in [(1, false), (2, true)] as [(Int64, Bool)] {
                    try await add(id, isActive: isActive)
                    await expectError(.conflict) { _ = try await StoreCopy.copy(from: copied, to: target) }
                }
                try await add(1, isActive: true)
                await expectError(.conflict) { _ = try await StoreCopy.copy(from: source, to: target) }
                try await StoreCopy.copy(from: copied, to: target)
                let (there, original) = (try await Self.dumps(target), try await Self.dumps(source))
                #expect(there == original)
            }
        }
    }
}
