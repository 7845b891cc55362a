import MartletCore
import Testing

@testable import MartletStore

@Suite("Conformance: tenants")
struct TenantTests {
    /// What belongs to no tenant.
    static let shared: Set<String> = [
        "migrations", "tokens", "users", "signing_keys", "login_attempts", "work_totals", "work_gauges", "last_numbers",
    ]
    /// Not part of a copy: what only a running process holds, sessions, what requests were answered.
    static let notCopied: Set<String> = ["leases", "refresh_families", "idempotency_keys"]

    @Test("every table is known: of a tenant or shared, and copied or not", arguments: Driver.all)
    func catalog(driver: Driver) async throws {
        try await driver.withStore { store in
            let (tables, keys) = try await store.everything.read { connection in
                let tables = try driver.tables(connection)
                return (tables, try tables.map { ($0, try connection.columns(of: $0).first ?? "") })
            }
            #expect(Set(tables) == Set(TableCatalog.copied).union(Self.shared).union(Self.notCopied))
            #expect(Set(TableCatalog.copied).count == TableCatalog.copied.count)
            #expect(Set(TableCatalog.notCopied) == Self.notCopied)
            let installation = Set(TableCatalog.copiedOfInstallation + TableCatalog.ofInstallation)
            #expect(installation.union(["migrations", "tokens"]) == Self.shared)
            for (table, first) in keys where !Self.shared.contains(table) {
                #expect(["tenant", "id"].contains(first), "\(table) begins with \(first)")
            }
        }
    }

    @Test("every table with an account is cleared with the account", arguments: Driver.all)
    func accountTables(driver: Driver) async throws {
        try await driver.withStore { store in
            let tables = try await store.everything.read { connection in
                try driver.tables(connection).filter { try connection.columns(of: $0).contains("account") }
            }
            #expect(Set(TableCatalog.ofAccount) == Set(tables).union(["accounts"]))
        }
    }

    @Test("one tenant sees and touches nothing of another", arguments: Driver.all)
    func isolation(driver: Driver) async throws {
        try await driver.withStore { store in
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            let tables = TableCatalog.copied.filter { $0 != "tenants" } + Self.notCopied
            let before = try await store.everything.write { connection in
                try Filler(connection: connection).fill(tables, AccountID(tenant: store.tenant, account: 1))
                return try Self.dumps(tables, store.tenant, connection)
            }
            for (table, rows) in before { #expect(!rows.isEmpty, "\(table) was not filled") }
            try await other.read { reader in
                #expect(try reader.accounts().isEmpty)
                #expect(try reader.scans().isEmpty)
                #expect(try reader.scan("scans-") == nil)
                #expect(try reader.frameworks().isEmpty)
                #expect(try reader.framework("name-1001001") == nil)
                #expect(try reader.mutes().isEmpty)
                #expect(try reader.scores(AccountFilter()).isEmpty)
                #expect(try reader.complianceOverview(AccountFilter()).isEmpty)
                try reader.findings(FindingFilter()) { _ in Issue.record("a finding of the other tenant") }
                try reader.resources(ResourceFilter()) { _ in Issue.record("a resource of the other tenant") }
                try reader.diff(from: nil, to: nil, account: AccountFilter()) { _ in Issue.record("a difference") }
            }
            try await store.everything.write { connection in
                // The same account number, and the same contents, on the other side.
                let account = AccountID(tenant: other.tenant, account: 1)
                for kind in Names.Kind.allCases {
                    #expect(try Names.all(kind, tenant: other.tenant, connection).isEmpty)
                    _ = try Names.numbers(of: ["name-1001001", "new"], kind: kind, tenant: other.tenant, connection)
                }
                #expect(try Leases.current(account, connection) == nil)
                try connection.execute(
                    "INSERT INTO accounts (tenant, id, provider, uid) VALUES ($1, 1, 'aws', 'uid-1001001')",
                    [.int(other.tenant)])
                _ = try Leases.claim(account, scan: "s", worker: Sample.worker(), lifetime: 1_000, connection)
                _ = try Generations.begin(account, connection)
                try Findings.versions(
                    of: [ContentHash(high: 5, low: 1_001_001)], account, connection
                ) { _, _ in Issue.record("a version of the other tenant") }
                try Closings.candidates(account, source: 1_001_001, published: .max, connection) { _ in
                    Issue.record("a candidate of the other tenant")
                }
                try CoverageRecords.entries(account, generation: .max, connection) { _ in Issue.record("coverage") }
                #expect(try FrameworkRecords.active(tenant: other.tenant, connection).isEmpty)
                #expect(try MuteRecords.remove(id: "mutes-1001001", tenant: other.tenant, connection) == false)
                try MuteRecords.removeAll(origin: .cli, tenant: other.tenant, connection)
                try PostureRecords.markPending(tenant: other.tenant, providers: nil, connection)
                try Scans.failAbandoned(account, except: "", at: 0, connection)
                try Generations.undo(account, after: 0, connection)
                try AccountRemoval.removeAtOnce(account, connection)
            }
            let after = try await store.everything.read { try Self.dumps(tables, store.tenant, $0) }
            #expect(after == before)
        }
    }

    private static func dumps(
        _ tables: [String], _ tenant: Int64, _ connection: any Connection
    ) throws -> [String: [String]] {
        var dumps: [String: [String]] = [:]
        for table in tables { dumps[table] = try connection.dump(table, where: "tenant = $1", [.int(tenant)]) }
        return dumps
    }
}
