import MartletCore
import Testing

@testable import MartletStore

/// What the planner knows nothing about: it takes tables without statistics, and accounts and tenants newer than them, for
/// a row or two.
@Suite("PostgreSQL: tables without statistics")
struct FreshTableTests {
    private static let findings: Int64 = 1_200

    @Test("closing reads a row a few times, not once for each other row")
    func closings() async throws {
        try await Driver.postgres.withAccount { store, account in
            let rows = try await store.database.write { connection -> [String: Int64] in
                let other = try Sample.account("222", store.tenant, connection)
                // So large that an index is worth its while.
                for (owner, count) in [(other, 20 * Int(Self.findings)), (account, Int(Self.findings))] {
                    try Resources.open(
                        (1...count / 2 + 1).map { Sample.resource(Int64($0)) }, owner, generation: 1, batch: 0,
                        connection)
                    try Findings.open(
                        (1...count).map { Sample.finding($0, resource: Int64($0 / 2 + 1)) }, owner, generation: 1,
                        connection)
                }
                var numbers: [Int64] = []
                try connection.query("SELECT id FROM findings WHERE account = $1", [.int(account.account)]) {
                    numbers.append($0.int(0))
                }
                let before = try Self.reads(connection)
                try Closings.close(
                    findings: numbers.map { (id: $0, reason: .gone) }, account, generation: 2, connection)
                try Closings.closeResources(ofGone: numbers, account, generation: 2, connection)
                let open = try connection.first(
                    "SELECT COUNT(*) FROM resources WHERE account = $1 AND closed_in IS NULL", [.int(account.account)]
                ) { $0.int(0) }
                #expect(open == 0)
                return try Self.reads(connection).merging(before) { $0 - $1 }
            }
            for (table, count) in rows { #expect(count < 20 * Self.findings, "\(table): \(count) rows read") }
            #expect(rows.keys.sorted() == ["findings", "resources"])
        }
    }

    /// The rows that this transaction has read of each table.
    private static func reads(_ connection: any Connection) throws -> [String: Int64] {
        var reads: [String: Int64] = [:]
        try connection.query(
            """
            SELECT relname::text, COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0)
            FROM pg_catalog.pg_stat_xact_user_tables
            WHERE schemaname = pg_catalog.current_schema() AND relname IN ('findings', 'resources')
            """
        ) { reads[$0.text(0)] = $0.int(1) }
        return reads
    }
}
