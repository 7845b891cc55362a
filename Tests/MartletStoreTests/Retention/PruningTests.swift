import MartletCore
import Testing

@testable import MartletStore

@Suite("Retention: batches")
struct PruningTests {
    /// Rows in every table for two accounts and another tenant: one version each that ended at generations 1 to 6, one
    /// that holds.
    private static func fill(_ account: AccountID, _ connection: any Connection) throws {
        for generation in 1...7 as ClosedRange<Int64> {
            let end: Value = generation < 7 ? .int(generation) : .null
            let ids = account.values + [.int(generation), end]
            try Findings.open([Sample.finding(Int(generation))], account, generation: 1, connection)
            try Resources.open(
                [
                    Sample.resource(
                        generation, tags: [Tag(key: "k", value: "v"), Tag(key: "n", value: "\(generation)")])
                ],
                account, generation: 1, batch: generation, connection)
            for (table, key) in [("findings", "fingerprint"), ("resources", "uid_key")] {
                try connection.execute(
                    "UPDATE \(table) SET closed_in = $4 WHERE tenant = $1 AND account = $2 AND \(key) = $3",
                    account.values + [.hash(Sample.hash(Int(generation))), end])
            }
            for statement in [
                "coverage VALUES ($1, $2, 1, $3, 0, $4, '')",
                "check_holdings (tenant, account, source, check_id, opened_in, closed_in, check_text) VALUES ($1, $2, 1, $3, 0, $4, $3)",
                "compliance_rows VALUES ($1, $2, 1, $3, 0, $4, '')",
                "framework_summaries VALUES ($1, $2, $3, 0, $4, 0, 0, 0, 0, 0, 0, 0)",
                "scores VALUES ($1, $2, $3, 0, $4, 1.0, '{}')",
                "postures VALUES ($1, $2, $3, 0, 0, 0, $4, 1)",
            ] {
                try connection.execute("INSERT INTO \(statement)", ids)
            }
            try connection.execute(
                "INSERT INTO finding_mutes VALUES ($1, $2, $3, 0, $4, 'm', 'r')",
                account.values + [.hash(Sample.hash(Int(generation))), end])
            try connection.execute(
                """
                INSERT INTO scans (tenant, id, account, origin, scope, state, generation, queued_at, coverage)
                VALUES ($1, $5, $2, 'o', 'full', 'completed', $3, 0, $4)
                """, ids.dropLast() + [.text("[]"), .text("s\(account.account)-\(generation)")])
        }
    }

    private static let tables = TableCatalog.ofAccount

    private static func dump(_ connection: any Connection) throws -> [String: [String]] {
        var dump: [String: [String]] = [:]
        for table in tables { dump[table] = try connection.dump(table) }
        return dump
    }

    private func with(_ driver: Driver, _ body: @escaping (Store, AccountID) async throws -> Void) async throws {
        try await driver.withAccount { store, account in
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            try await store.everything.write { connection in
                let neighbour = try Sample.account("222", store.tenant, connection)
                let foreign = try Sample.account("111", other.tenant, connection)
                for each in [account, neighbour, foreign] { try Self.fill(each, connection) }
            }
            try await body(store, account)
        }
    }

    @Test("what ended before the horizon goes, in batches, and nothing else", arguments: Driver.all)
    func everyTable(driver: Driver) async throws {
        try await with(driver) { store, account in
            try await store.everything.write { connection in
                let before = try Self.dump(connection)
                for table in PrunableTable.allCases {
                    // Ended in 1, 2 and 3; the coverage of scan 4 is not needed either.
                    let rows = table == .scanCoverage ? 4 : 3
                    #expect(try Pruning.count(of: table, account, before: 4, connection) == rows)
                    #expect(try !Pruning.isDone(table, account, before: 4, connection))
                    var batches: [Int] = []
                    repeat {
                        batches.append(
                            try Pruning.removeBatch(of: table, account, before: 4, limit: 2, connection))
                    } while batches.last == 2
                    #expect(batches == (rows == 4 ? [2, 2, 0] : [2, 1]), "\(table)")
                    #expect(try Pruning.isDone(table, account, before: 4, connection))
                    #expect(try Pruning.count(of: table, account, before: 4, connection) == 0)
                }
                let after = try Self.dump(connection)
                for table in Self.tables {
                    let gone = Set(before[table] ?? []).subtracting(after[table] ?? [])
                    let new = Set(after[table] ?? []).subtracting(before[table] ?? [])
                    let expected = [
                        "scans": 4, "resource_tags": 6, "accounts": 0, "fences": 0, "leases": 0, "jobs": 0,
                        "schedules": 0, "ingestion_scans": 0, "provider_group_accounts": 0, "mute_changes": 0,
                        "account_removals": 0,
                    ]
                    #expect(gone.count == expected[table] ?? 3, "\(table)")
                    let isOwn = gone.allSatisfy {
                        $0.contains("tenant=int(\(account.tenant)) ") && $0.contains("account=int(\(account.account)) ")
                    }
                    #expect(isOwn, "\(table)")
                    #expect(new.count == (table == "scans" ? 4 : 0), "\(table)")
                }
            }
        }
    }

    @Test("a horizon moves forward only, and not past what is published", arguments: Driver.all)
    func horizon(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                try PostureRecords.publish(account, generation: 5, scan: "s", observedAt: nil, at: 0, connection)
                var moves: [Bool] = []
                for generation in [3, 2, 3, 6, 5] as [Int64] {
                    moves.append(try RetentionRecords.moveHorizon(account, to: generation, connection))
                }
                #expect(moves == [true, false, false, false, true])
                #expect(try RetentionRecords.horizon(account, connection) == 5)
                // Each move is visible.
                #expect(try Accounts.counters(account, connection).postureVersion == 2)
                try RetentionRecords.setPruned(account, upTo: 6, connection)
                let all = try RetentionRecords.accounts(tenant: account.tenant, connection)
                #expect(all.map(\.pruned) == [0] && all.map(\.horizon) == [5])
                try RetentionRecords.setPruned(account, upTo: 5, connection)
                try RetentionRecords.setPruned(account, upTo: 4, connection)
                #expect(try RetentionRecords.accounts(tenant: account.tenant, connection).map(\.pruned) == [5])
            }
        }
    }

    @Test("texts and frameworks go when nothing names them", arguments: Driver.all)
    func unreferenced(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                try connection.execute("INSERT INTO sources VALUES ($1, 1, 's')", [.int(account.tenant)])
                for id in 1...6 as ClosedRange<Int64> {
                    try connection.execute(
                        "INSERT INTO check_texts VALUES ($1, $2, 1, $3, '', '', '')",
                        [.int(account.tenant), .int(id), .hash(Sample.hash(Int(id)))])
                    try connection.execute(
                        "INSERT INTO frameworks VALUES ($1, $2, $4, '', '', $5, $3, 0, '{}', '{}')",
                        [
                            .int(account.tenant), .int(id), .hash(Sample.hash(Int(id))), .text("f\(id)"),
                            .int(id == 3 ? 1 : 0),
                        ])
                }
                try connection.execute(
                    "INSERT INTO check_holdings VALUES ($1, $2, 1, 1, 1, 2, 2), ($1, $2, 1, 1, 2, NULL, 3)",
                    account.values)
                try connection.execute(
                    "INSERT INTO scores VALUES ($1, $2, 4, 1, 2, NULL, '')", account.values)
                try connection.execute(
                    "INSERT INTO framework_summaries VALUES ($1, $2, 2, 1, 2, 0, 0, 0, 0, 0, 0, 0)", account.values)
                for (kind, left) in [(Unreferenced.Kind.checkTexts, [2, 3, 6]), (.frameworks, [2, 3, 4, 6])] {
                    var after: Int64? = 0
                    var removed = 0
                    while let number = after {
                        let batch = try Unreferenced.removeBatch(
                            of: kind, tenant: account.tenant, after: number, limit: 2, connection)
                        removed += batch.removed
                        after = batch.next
                    }
                    #expect(removed == 6 - left.count)
                    var ids: [Int64] = []
                    try connection.query("SELECT id FROM \(kind.rawValue) ORDER BY id") { ids.append($0.int(0)) }
                    #expect(ids == left.map(Int64.init), "\(kind)")
                }
            }
        }
    }

    @Test(
        "the last content of a framework that a tenant removed stays where it is to be remembered",
        arguments: Driver.all)
    func removedFrameworks(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                // Of "a" all contents are out of use, of "b" one is in use, "c" is the tenant's own.
                let names = ["a", "a", "b", "b", "b", "c", "d"]
                for (place, name) in names.enumerated() {
                    try connection.execute(
                        "INSERT INTO frameworks VALUES ($1, $2, $3, '', '', $4, $5, 0, '{}', '{}')",
                        [
                            .int(account.tenant), .int(Int64(place + 1)), .text(name), .int(place == 2 ? 1 : 0),
                            .hash(Sample.hash(place)),
                        ])
                }
                func prune(_ remembered: [String]) throws -> [Int64] {
                    _ = try Unreferenced.removeBatch(
                        of: .frameworks, tenant: account.tenant, after: 0, limit: 50, remembering: remembered,
                        connection)
                    var ids: [Int64] = []
                    try connection.query("SELECT id FROM frameworks ORDER BY id") { ids.append($0.int(0)) }
                    return ids
                }
                #expect(try prune(["a", "b", "not there"]) == [2, 3, 7])
                #expect(try prune([]) == [3, 7])
            }
        }
    }
}
