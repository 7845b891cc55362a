import MartletCore
import Testing

@testable import MartletStore

/// Stores of the schema before retention.
@Suite("Retention: upgrade from schema 1")
struct UpgradeTests {
    /// What migration 1 alone makes, as a program of that time would have left it.
    private static func makeVersion1(_ connection: any Connection) throws -> [String] {
        let first = try #require(Migration.all.first)
        #expect(first.version == 1)
        try connection.beginMigration()
        try connection.execute(
            """
            CREATE TABLE migrations
            (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL, applied_at BIGINT NOT NULL)
            """)
        for statement in first.statements(for: connection.dialect) { try connection.execute(statement) }
        try connection.execute(
            "INSERT INTO migrations VALUES (1, 'initial', $1, 7)", [.text(first.content(for: connection.dialect).hex)])
        let (old, later) = try tenantTables(connection)
        // Rights and policies are given to every table of today; those of later steps go again.
        for table in later {
            let columns = Self.columns(of: table)
            try connection.execute("CREATE TABLE \(table) (\(columns.map { $0 + " BIGINT" }.joined(separator: ", ")))")
        }
        try connection.finishMigration()
        // What names another table in a policy goes before it.
        for table in later.reversed() { try connection.execute("DROP TABLE \(table)") }
        let tables = old.filter { $0 != "tenants" }
        for (tenant, name) in [(1, "first"), (2, "second")] as [(Int64, String)] {
            try connection.execute("INSERT INTO tenants (id, name) VALUES ($1, $2)", [.int(tenant), .text(name)])
            try Filler(connection: connection).fill(tables, AccountID(tenant: tenant, account: 1))
        }
        return tables + ["tenants"]
    }

    /// The columns of a table that rights and policies name.
    private static func columns(of table: String) -> [String] {
        if table == "schedules" { return PostgresSecurity.dispatchScheduleColumns.seen }
        if table == "users" { return PostgresSecurity.memberColumns }
        return PostgresSecurity.dispatchSeenColumns.first { $0.table == table }?.columns ?? ["tenant"]
    }

    /// The tables of schema 1, and those that later steps add.
    private static func tenantTables(_ connection: any Connection) throws -> (old: [String], later: [String]) {
        let all = PostgresSecurity.tenantTables.map(\.table) + PostgresSecurity.installationTables
        let old = try all.filter { try connection.hasTable($0) }
        return (old, all.filter { !old.contains($0) })
    }

    /// Rows with the columns of schema 1 alone.
    private static func rows(
        _ columns: [String: [String]], _ connection: any Connection
    ) throws -> [String: [String]] {
        var rows: [String: [String]] = [:]
        for (table, names) in columns {
            try connection.query("SELECT \(names.joined(separator: ", ")) FROM \(table)") { row in
                rows[table, default: []].append(names.indices.map { "\(row.value($0))" }.joined(separator: " "))
            }
            rows[table]?.sort()
        }
        return rows
    }

    @Test("nothing is lost, everything is kept, and closed versions can be pruned", arguments: Driver.all)
    func upgrade(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let (columns, before) = try await database.write { connection in
                var columns: [String: [String]] = [:]
                for table in try Self.makeVersion1(connection) { columns[table] = try connection.columns(of: table) }
                // A version that ended before the migration is in the index that the migration makes.
                try connection.execute(
                    "UPDATE findings SET closed_in = 5 WHERE id IN (SELECT MIN(id) FROM findings)")
                return (columns, try Self.rows(columns, connection))
            }
            #expect(before.values.allSatisfy { !$0.isEmpty })
            let store = try await Store.open(database: database, url: "test:x", tenant: "first")
            #expect(store.tenant == 1)
            let (after, rule, horizons) = try await database.read { connection in
                (
                    try Self.rows(columns, connection), try RetentionRecords.rule(tenant: 1, connection),
                    try connection.dump("accounts")
                )
            }
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
            #expect(rule.keepsEverything)
            #expect(horizons.count == 2)
            #expect(horizons.allSatisfy { $0.contains("horizon=int(0)") && $0.contains("pruned=int(0)") })
            let removed = try await database.write {
                try Pruning.removeBatch(
                    of: .findings, AccountID(tenant: 1, account: 1), before: 6, limit: 10, $0)
            }
            #expect(removed == 1)
        }
    }

    @Test("an upgrade that fails leaves schema 1", arguments: Driver.all)
    func failed(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { connection in
                _ = try Self.makeVersion1(connection)
                try connection.execute("CREATE TABLE findings_closed (i BIGINT)")
            }
            await expectError(.database) { _ = try await Store.open(database: database, url: "x", tenant: "first") }
            let columns = try await database.read { try $0.columns(of: "accounts") }
            #expect(!columns.contains("horizon") && columns.contains("published"))
        }
    }
}
