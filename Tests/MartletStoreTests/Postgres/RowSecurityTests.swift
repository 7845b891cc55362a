import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// What row-level security lets through: enumerated from the catalogue, so that a new table cannot be forgotten.
@Suite("PostgreSQL: row-level security")
struct RowSecurityTests {
    /// What belongs to no tenant and tells nothing of one.
    private static let shared: Set<String> = ["migrations", "receipts"]
    /// What belongs to no tenant and is the dispatch role's alone.
    private static let installation = Set(PostgresSecurity.installationTables)
    private static let tables = PostgresSecurity.tenantTables
    private static let appendOnly = Set(PostgresSecurity.appendOnlyTables)

    /// A store with two tenants; every tenant table has rows of the first.
    private static func withTenants(
        _ body: (Store, _ first: Int64, _ second: any Database, _ number: Int64) async throws -> Void
    ) async throws {
        try await Driver.postgres.withStore { store in
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            try await store.everything.write { connection in
                let names = tables.map(\.table).filter { $0 != "tenants" }
                try Filler(connection: connection).fill(names, AccountID(tenant: store.tenant, account: 1))
            }
            try await body(store, store.tenant, other.database, other.tenant)
        }
    }

    @Test("every table of the schema with a tenant is protected, and there is no way round")
    func catalogue() async throws {
        try await Driver.postgres.withStore { store in
            try await store.everything.read { connection in
                var found: [String: [Bool]] = [:]
                try connection.query(
                    """
                    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
                        EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'martlet_tenant'),
                        EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'martlet_dispatch')
                    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                    """
                ) { found[$0.text(0)] = (1...4).map($0.int).map { $0 != 0 } }
                for (table, states) in found where !Self.shared.contains(table) {
                    let isOfTenant = !Self.installation.contains(table)
                    #expect(Array(states.prefix(3)) == [true, true, isOfTenant], "\(table)")
                    #expect(isOfTenant || states[3], "\(table)")
                }
                let known = Set(Self.tables.map(\.table)).union(Self.shared).union(Self.installation)
                #expect(Set(found.keys) == known)
                let others = try connection.first(
                    """
                    SELECT (SELECT COUNT(*) FROM pg_class
                            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm', 'f'))
                        + (SELECT COUNT(*) FROM pg_proc
                            WHERE pronamespace = current_schema()::regnamespace AND prosecdef)
                    """
                ) { $0.int(0) }
                #expect(others == 0, "a view or a function would run with its owner's rights")
            }
        }
    }

    @Test("a row of another tenant is invisible and untouchable, by every verb in every table")
    func verbs() async throws {
        try await Self.withTenants { store, first, second, number in
            for (table, key) in Self.tables {
                let before = try await store.everything.read { try $0.dump(table) }
                #expect(before.contains { $0.contains("\(key)=int(\(first))") }, "\(table) was not filled")
                try await second.write { connection in
                    let own = table == "tenants" ? 1 : 0
                    #expect(try connection.count(table) == Int64(own), "\(table)")
                    #expect(try connection.count(table, where: "\(key) = $1", [.int(first)]) == 0)
                    guard !Self.appendOnly.contains(table) else { return }
                    let mine = try connection.execute("UPDATE \(table) SET \(key) = \(key)")
                    #expect(mine == own, "\(table): update")
                    #expect(try connection.execute("DELETE FROM \(table) WHERE \(key) = $1", [.int(first)]) == 0)
                    let locked = try connection.first(
                        "SELECT 1 FROM \(table) WHERE \(key) = $1 FOR UPDATE", [.int(first)]
                    ) {
                        $0.int(0)
                    }
                    #expect(locked == nil)
                }
                try await Self.expectRefused(second) { connection in
                    let columns = try connection.columns(of: table)
                    let filler = Filler(connection: connection)
                    try filler.fill([table], AccountID(tenant: first, account: 77))
                    Issue.record("\(table) took a row of another tenant (\(columns.count) columns)")
                }
                let after = try await store.everything.read { try $0.dump(table) }
                #expect(after == before, "\(table)")
            }
            #expect(number != first)
        }
    }

    @Test("an own row cannot be given to another tenant, not even through a stage")
    func gifts() async throws {
        try await Self.withTenants { store, first, second, number in
            for (table, key) in Self.tables where table != "tenants" && !Self.appendOnly.contains(table) {
                try await store.everything.write {
                    try Filler(connection: $0).fill([table], AccountID(tenant: number, account: 5))
                }
                try await Self.expectRefused(second) { connection in
                    try connection.execute("UPDATE \(table) SET \(key) = $1", [.int(first)])
                    Issue.record("\(table) let a row go")
                }
            }
            try await Self.expectRefused(second) { connection in
                let loader = try connection.load(into: "sources", columns: ["tenant", "id", "name"])
                loader.add(first)
                loader.add(99 as Int64)
                loader.add("gift")
                try loader.endRow()
                try loader.finish()
                // A load is not waited for; what became of it comes with the next statement.
                _ = try connection.now()
                Issue.record("a load took a row of another tenant")
            }
        }
    }

    @Test(
        "no tenant, an empty one and nonsense see nothing",
        arguments: ["RESET martlet.tenant", "SET LOCAL martlet.tenant = ''"])
    func unset(statement: String) async throws {
        try await Self.withTenants { _, first, second, _ in
            try await second.write { connection in
                try connection.execute(statement)
                for (table, key) in Self.tables {
                    #expect(try connection.count(table) == 0, "\(table)")
                    guard !Self.appendOnly.contains(table) else { continue }
                    #expect(try connection.execute("DELETE FROM \(table) WHERE \(key) = $1", [.int(first)]) == 0)
                }
            }
            try await Self.expectRefused(second) { connection in
                try connection.execute(statement)
                try connection.execute("INSERT INTO sources (tenant, id, name) VALUES ($1, 9, 'x')", [.int(first)])
                Issue.record("a row without a tenant was taken")
            }
        }
    }

    @Test("the dispatch role reaches exactly its list")
    func dispatch() async throws {
        try await Self.withTenants { store, first, _, _ in
            let dispatch = store.database.scoped(to: .dispatch)
            let installation = PostgresSecurity.installationTables.map { ($0, "") }
            for (table, key) in Self.tables + [("migrations", "version")] + installation {
                let allowed = (PostgresSecurity.dispatchTables + PostgresSecurity.installationTables).contains(table)
                let rights = try await dispatch.read { connection in
                    try ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"].map { verb in
                        try connection.first(
                            "SELECT has_table_privilege($1, $2)", [.text(table), .text(verb)]
                        ) { $0.int(0) != 0 } ?? false
                    }
                }
                let read = allowed || table == "migrations"
                #expect(rights == [read, allowed, allowed, allowed, false, false, false], "\(table)")
                guard allowed, !key.isEmpty else { continue }
                let seen = try await dispatch.read { try $0.count(table, where: "\(key) = $1", [.int(first)]) }
                #expect(seen > 0, "\(table)")
            }
        }
    }

    @Test("of schedules the dispatch role sees when to look at them, unless they are paused, and changes nothing else")
    func schedules() async throws {
        try await Self.withTenants { store, first, _, _ in
            let dispatch = store.database.scoped(to: .dispatch)
            try await store.everything.run(
                "UPDATE schedules SET paused_at = 1, look_at = NULL WHERE id = (SELECT MIN(id) FROM schedules)")
            let (all, seen) = (
                try await store.everything.read { try $0.count("schedules") },
                try await dispatch.read { try $0.first("SELECT COUNT(look_at + waiting) FROM schedules") { $0.int(0) } }
            )
            #expect(all == 2 && seen == 1)
            let changed = try await dispatch.write { connection in
                try connection.execute("UPDATE schedules SET look_at = 1 WHERE tenant = $1", [.int(first)])
            }
            #expect(changed == 1)
            for statement in [
                "SELECT payload FROM schedules", "SELECT * FROM schedules", "DELETE FROM schedules",
                "UPDATE schedules SET payload = 'x'", "UPDATE schedules SET handled = 0",
                "UPDATE schedules SET look_at = NULL",
                "INSERT INTO schedules (tenant, id) VALUES (1, 'x')",
            ] {
                try await Self.expectRefused(dispatch) { connection in
                    try connection.execute(statement)
                    Issue.record("the dispatch role may: \(statement)")
                }
            }
        }
    }

    @Test("both roles are plain: they log in nowhere, own nothing and bypass nothing")
    func roles() async throws {
        try await Driver.postgres.withStore { store in
            for scope in [DatabaseScope.tenant(store.tenant), .dispatch] {
                let facts = try await store.database.scoped(to: scope).read { connection in
                    try connection.first(
                        """
                        SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole,
                            EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid),
                            has_schema_privilege(current_schema(), 'CREATE')
                        FROM pg_roles r WHERE rolname = current_user
                        """
                    ) { row in (0...5).map { row.int($0) != 0 } }
                }
                #expect(facts == [false, false, false, false, false, false], "\(scope)")
            }
            // The token must never run backwards, so a tenant's work can take one and not set it.
            try await Self.expectRefused(store.database) { connection in
                try connection.withFirst("SELECT setval('tokens', 1)", []) { _ in }
                Issue.record("the application role set the tokens")
            }
        }
    }

    /// Expects that row-level security or a missing right ends the transaction.
    private static func expectRefused(
        _ database: any Database, _ body: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        let error = await expectError(.database) { try await database.write(body) }
        #expect(error?.message.contains("lacks a right") == true, "\(error?.description ?? "no error")")
    }
}
