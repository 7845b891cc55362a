import MartletCore
import MartletPolicy
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// A hundred days on PostgreSQL, where removed rows leave room that only a vacuum makes usable again.
@Suite("PostgreSQL: daily scans")
struct BloatTests {
    private static let day: Int64 = 86_400_000
    private static let start: Int64 = 1_700_000_000_000

    private static let schema = "daily"

    /// What the server keeps for each table, with its indexes, in bytes.
    private static func sizes(_ server: PostgresServer) throws -> [String: Int] {
        let text = try server.psql(
            """
            SELECT relname, pg_total_relation_size(oid) FROM pg_class
            WHERE relnamespace = '\(schema)'::regnamespace AND relkind = 'r'
            """)
        var sizes: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "|")
            sizes[String(fields[0])] = Int(fields[1])
        }
        return sizes
    }

    @Test("tables and indexes stop growing where a rule holds")
    func bounded() async throws {
        // Of its own: snapshots of other tests would keep a vacuum from doing its work.
        let server = try PostgresServer()
        let url = server.url(schema: Self.schema)
        let store = try await Store.open(url: url)
        do {
            try await run(TestStore(store: store, url: url), server)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
        try server.stop()
    }

    private func run(_ test: TestStore, _ server: PostgresServer) async throws {
        try await EstateFrameworks.add(to: test)
        try await test.administration.addMute(MuteRule(id: "m", checks: ["c2"], reason: "r"))
        try await Retention(store: test.store).setRule(RetentionRule(keepScans: 8))
        let tables = try Self.sizes(server).keys.sorted().map { "\(Self.schema).\($0)" }
        var sizes: [Int: [String: Int]] = [:]
        for day in 0..<100 {
            let now = Self.start + Int64(day) * Self.day
            var options = ImportOptions()
            options.scope = .full
            _ = try await Importer(store: test.store).run(
                source: MemorySource(DailyTests.statements(day), at: now), origin: "t", options: options)
            // Autovacuum has a day for it; here time is short.
            if day % 4 == 3 { try server.psql("VACUUM ANALYZE \(tables.joined(separator: ", "))") }
            if day == 39 || day == 99 { sizes[day] = try Self.sizes(server) }
        }
        let (early, late) = (try #require(sizes[39]), try #require(sizes[99]))
        for (table, bytes) in late where table != "scans" && table != "jobs" {
            let before = early[table] ?? 0
            // A few pages more or less are chance.
            #expect(bytes <= before + before / 10 + 64 * 1024, "\(table): \(before) then \(bytes)")
        }
        // Rows of scans stay.
        #expect((late["scans"] ?? 0) <= (early["scans"] ?? 0) + 256 * 1024)
        let retention = try await test.store.read { try $0.retention() }
        #expect(retention.accounts.first?.scans == 100 && retention.accounts.first?.readable == 8)
    }
}
