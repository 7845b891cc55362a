import MartletCore
import Testing

@testable import MartletStore

@Suite("TenantRemoval")
struct TenantRemovalTests {
    /// All steps, in batches of two, as the tenant; `own` is the work that does it.
    private static func remove(_ own: Lease, _ connection: any Connection) throws {
        for table in TenantRemoval.tables {
            while try TenantRemoval.removeBatch(of: table, but: own, limit: 2, connection) == 2 {}
            if table == "jobs" { try TenantRemoval.endWork(but: own, connection) }
        }
        while try TenantRemoval.removeBatch(of: "fences", but: own, limit: 2, connection) == 2 {}
    }

    private static func lease(_ store: Store, _ connection: any Connection) throws -> Lease {
        let job = try Upkeep.job(of: .tenantRemoval, tenant: store.tenant, connection)
        return try Leases.claim(
            AccountID(tenant: store.tenant, account: -6), scan: job.id, worker: Sample.worker(), lifetime: 60_000,
            connection)
    }

    @Test("no table has a row of the tenant, and no other tenant lost one", arguments: Driver.all)
    func nothingIsLeft(driver: Driver) async throws {
        try await driver.withStore { store in
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            let tables = (TableCatalog.copied + TableCatalog.notCopied).filter { $0 != "tenants" }
            func dump(_ tenant: Int64) async throws -> [String: [String]] {
                try await store.everything.read { connection in
                    // What the catalogue of the database has, whatever the program's says.
                    let known = try driver.tables(connection).filter {
                        try $0 == "tenants" || connection.columns(of: $0).contains("tenant")
                    }
                    return try Dictionary(
                        uniqueKeysWithValues: known.map { table in
                            (
                                table,
                                try connection.dump(
                                    table, where: "\(table == "tenants" ? "id" : "tenant") = $1", [.int(tenant)])
                            )
                        })
                }
            }
            try await store.everything.write { connection in
                for tenant in [store.tenant, other.tenant] {
                    try Filler(connection: connection).fill(tables, AccountID(tenant: tenant, account: 1))
                }
            }
            let before = try await dump(other.tenant)
            #expect(try await dump(store.tenant).values.allSatisfy { !$0.isEmpty })
            let own = try await store.database.write { connection in
                try TenantRemoval.mark(store.tenant, connection)
                #expect(throws: MartletError.self) { try TenantRemoval.mark(store.tenant, connection) }
                return try Self.lease(store, connection)
            }
            try await store.database.write { connection in
                try Self.remove(own, connection)
                #expect(try TenantRemoval.isDone(but: own, connection))
                try TenantRemoval.finish(own, connection)
            }
            for (table, rows) in try await dump(store.tenant) { #expect(rows.isEmpty, "\(table): \(rows)") }
            #expect(try await dump(other.tenant) == before)
        }
    }

    @Test("numbers of removed tenants and accounts are not given again", arguments: Driver.all)
    func numbers(driver: Driver) async throws {
        try await driver.withStore { first in
            let last = try await Store.open(database: first.database, url: "test:x", tenant: "last")
            try await last.database.write { connection in
                let account = try Sample.account("1", last.tenant, connection)
                try AccountRemoval.removeAtOnce(account, connection)
                #expect(try Sample.account("1", last.tenant, connection).account > account.account)
                try TenantRemoval.mark(last.tenant, connection)
                let own = try Self.lease(last, connection)
                try Self.remove(own, connection)
                try TenantRemoval.finish(own, connection)
            }
            let again = try await Store.open(database: first.database, url: "test:x", tenant: "last")
            #expect(again.tenant == last.tenant + 1)
            // Whoever still has the old one gets nothing in.
            await expectError(.conflict) {
                _ = try await last.database.write { try Sample.account("2", last.tenant, $0) }
            }
            await expectError(.conflict) {
                try await last.database.write { _ = try Upkeep.request(.retention, tenant: last.tenant, $0) }
            }
        }
    }

    @Test("users who belong to no other tenant go with it; ticks ask for its removal", arguments: Driver.all)
    func users(driver: Driver) async throws {
        try await driver.withStore { store in
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            let (only, both) = try await store.database.scoped(to: .dispatch).write { connection in
                let only = try UserRecords.create(
                    UserDraft(email: "only@example.com", name: "o", password: "x"), connection)
                let both = try UserRecords.create(
                    UserDraft(email: "both@example.com", name: "b", password: "x"), connection)
                for (tenant, users) in [(store.tenant, [only, both]), (other.tenant, [both])] {
                    try connection.enter(.tenant(tenant))
                    for user in users { try MembershipRecords.add(user.id, as: .owner, tenant: tenant, connection) }
                }
                return (only.id, both.id)
            }
            let own = try await store.database.write { connection in
                try TenantRemoval.mark(store.tenant, connection)
                return try Self.lease(store, connection)
            }
            // Its job is under way: nothing is asked for. When the job is gone, a tick asks for it again.
            let dispatch = store.database.scoped(to: .dispatch)
            try await dispatch.write { try $0.execute("UPDATE tenants SET upkeep_at = 1") }
            #expect(try await dispatch.read { try Upkeep.dueTenants($0) } == [other.tenant])
            try await store.database.write { try $0.execute("DELETE FROM jobs") }
            #expect(try await dispatch.read { try Upkeep.dueTenants($0).sorted() } == [store.tenant, other.tenant])
            #expect(try await dispatch.write { try Upkeep.requestTick(tenant: store.tenant, $0) })
            let kinds = try await store.database.read { try $0.dump("jobs") }
            #expect(kinds.count == 1 && kinds.allSatisfy { $0.contains("tenant_removal") })
            try await store.database.write { connection in
                try Self.remove(own, connection)
                try connection.execute("DELETE FROM jobs")
                try TenantRemoval.finish(own, connection)
            }
            let left = try await dispatch.read { connection in
                (try UserRecords.user(only, connection), try UserRecords.user(both, connection)?.id)
            }
            #expect(left.0 == nil && left.1 == both)
        }
    }
}
