import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// What the server itself counted of a scan in which nothing changed.
@Suite("PostgreSQL: an unchanged scan")
struct UnchangedScanTests {
    /// The counters of `pg_stat_user_tables`.
    struct Counters: Equatable, CustomStringConvertible {
        var inserted = 0
        var updated = 0
        var deleted = 0
        var dead = 0

        var description: String { "+\(inserted) ~\(updated) -\(deleted) †\(dead)" }
    }

    private static let findings = 3_000

    private static let statements = (0..<findings).map { number in
        Statement(
            check: "c\(number % 5)", regions: ["r\(number % 4)"], uid: "u\(number / 2)",
            status: number % 3 == 0 ? .fail : .pass, type: "T", tags: [Tag(key: "k", value: "\(number / 2 % 9)")])
    }

    /// Imports on connections of its own, which have ended afterwards: a backend counts for all to see when it ends.
    private static func scan(_ place: PostgresPlace, at time: Int64) async throws {
        let store = try await Store.open(url: place.url + "&application_name=\(place.schema)")
        if time == 1 {
            let administration = Administration(store: store)
            try await administration.addFrameworks([
                ("house_aws.json", Array(EstateFrameworks.house.utf8)),
                ("score.json", Array(EstateFrameworks.score.utf8)),
            ])
            try await administration.addMute(MuteRule(id: "m", checks: ["c1"], reason: "r"))
        }
        let source = MemorySource(statements, at: time, batch: 1_000)
        let report = try await Importer(store: store).run(source: source, origin: "test", options: ImportOptions())
        let counts = report.first?.scan.counts
        #expect(counts?.read == Int64(findings))
        #expect((time == 1 ? counts?.new : counts?.unchanged) == Int64(findings))
        await store.close()
        for _ in 0..<1_000 {
            let left = try place.psql(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = '\(place.schema)'")
            if left.hasPrefix("0") { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the store's connections do not end")
    }

    private static func counters(_ place: PostgresPlace) throws -> [String: Counters] {
        let text = try place.psql(
            """
            SELECT relname, n_tup_ins, n_tup_upd, n_tup_del, n_dead_tup FROM pg_stat_user_tables
            WHERE schemaname = '\(place.schema)'
            """)
        var counters: [String: Counters] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "|")
            try #require(fields.count == 5)
            let numbers = fields.dropFirst().compactMap { Int($0) }
            try #require(numbers.count == 4)
            counters[String(fields[0])] = Counters(
                inserted: numbers[0], updated: numbers[1], deleted: numbers[2], dead: numbers[3])
        }
        return counters
    }

    @Test("leaves no dead rows, and writes nothing but its own row, its lease and the account's")
    func unchanged() async throws {
        let place = try await PostgresPlace()
        do {
            try await compare(place)
        } catch {
            await place.remove()
            throw error
        }
        await place.remove()
    }

    private func compare(_ place: PostgresPlace) async throws {
        try await Store.open(url: place.url).close()
        // A vacuum in between would take dead rows out of the count.
        for table in try Self.counters(place).keys {
            try place.psql("ALTER TABLE \(place.schema).\(table) SET (autovacuum_enabled = off)")
        }
        try await Self.scan(place, at: 1)
        let first = try Self.counters(place)
        try await Self.scan(place, at: 2)
        let second = try Self.counters(place)

        #expect(first["findings"] == Counters(inserted: Self.findings))
        #expect(
            first["resources"]?.inserted == Self.findings / 2 && (first["resource_tags"]?.inserted ?? 0) >= 9)
        #expect(first["compliance_rows"]?.inserted == 8 && (first["finding_mutes"]?.inserted ?? 0) == 600)
        var changed: [String: Counters] = [:]
        for (table, now) in second {
            let before = first[table] ?? Counters()
            let difference = Counters(
                inserted: now.inserted - before.inserted, updated: now.updated - before.updated,
                deleted: now.deleted - before.deleted, dead: now.dead - before.dead)
            if difference != Counters() { changed[table] = difference }
        }
        // Nothing in the tables of findings, resources, tags, coverage, compliance, mutes and summaries. What is left are
        // single rows: the scan's, whose state moves on; the lease, which comes, is renewed and goes; the fence's token;
        // the account's counters; the tenant's publish number; and a receipt for each session that wrote.
        #expect(changed.keys.sorted() == ["accounts", "fences", "leases", "receipts", "scans", "tenants"])
        #expect(changed["scans"].map { $0.inserted == 1 && $0.updated == 4 && $0.deleted == 0 } == true)
        #expect(changed["leases"].map { $0.inserted == 1 && $0.deleted == 1 } == true)
        #expect(changed["accounts"].map { $0.inserted == 0 && $0.updated == 3 && $0.deleted == 0 } == true)
        #expect(changed["fences"] == Counters(updated: 1, dead: 1))
        // A lease is renewed by each proof and by time: on a slow machine more often.
        for (table, counters) in changed {
            #expect(counters.dead <= counters.updated + counters.deleted, "\(table): \(counters)")
            #expect(counters.updated <= 64, "\(table): \(counters)")
        }
        for table in PostureDump.queries.map(\.table) + ["checks", "regions", "region_sets", "check_texts"] {
            #expect(second[table]?.dead == 0, "\(table)")
        }
    }
}
