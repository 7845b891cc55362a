import Foundation
import MartletCore
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Many writers and readers on a server to which everything happens at once.
@Suite("PostgreSQL: a mixed run under faults", .serialized)
struct MixedRunTests {
    // A minute with `MARTLET_TEST_ALL=1`, else about 15 s.
    private static let isLong = ProcessInfo.processInfo.environment["MARTLET_TEST_ALL"] == "1"
    private static let seed =
        ProcessInfo.processInfo.environment["MARTLET_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 0..<1_000_000)

    @Test("nothing is lost or doubled, and all recovers without help", .timeLimit(.minutes(10)))
    func run() async throws {
        let seed = Self.seed
        print("mixed run: seed \(seed)")
        let field = try await FaultField()
        let writers = (1...8).map { FaultWriter(field, number: $0, seed: seed) }
        let saboteur = Saboteur(field: field, seed: seed)
        // On a slow machine not everything happens in so short a time.
        for _ in 0..<4 {
            // Two phases: a restart would free what a stopped program holds, and nobody would see the rescue.
            try await phase(field, writers, saboteur, seconds: Self.isLong ? 28 : 6, restarts: nil)
            try await phase(
                field, writers, saboteur, seconds: Self.isLong ? 32 : 3, restarts: Self.isLong ? 2...5 : 0.3...0.9)
            if try missing(field, saboteur).isEmpty { break }
        }
        // Without help: the first import of every account after the faults succeeds.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in writers {
                group.addTask {
                    let published = try await writer.scan(byProgram: false)
                    #expect(published, "account \(writer.account) does not recover, seed \(seed)")
                }
            }
            try await group.waitForAll()
        }
        for writer in writers { try await writer.verify(seed: seed) }
        try await recount(field, seed: seed)
        try await expectNoLeak(field, seed: seed)
        print("mixed run: deadlocks \(try saboteur.deadlocks()), \(field.log.text)")
        let missing = try missing(field, saboteur)
        #expect(missing.isEmpty, "never happened, seed \(seed)")
    }

    /// What has not happened yet of all that should.
    private func missing(_ field: FaultField, _ saboteur: Saboteur) throws -> [String] {
        let others = ["terminated", "restarted", "stopped", "published by program"].filter { field.log.number($0) == 0 }
        return others + (try saboteur.deadlocks() == 0 ? ["deadlocks"] : [])
    }

    private func phase(
        _ field: FaultField, _ writers: [FaultWriter], _ saboteur: Saboteur, seconds: Double,
        restarts: ClosedRange<Double>?
    ) async throws {
        let end = ContinuousClock().now + .seconds(seconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, writer) in writers.enumerated() {
                group.addTask {
                    if restarts == nil, index == 0 || Self.isLong && index == 1 {
                        try await StoppedImport(field: field, writer: writer).run()
                    }
                    while ContinuousClock().now < end { _ = try await writer.scan() }
                }
            }
            for store in field.stores {
                group.addTask { try await read(store, field.log, until: end) }
            }
            group.addTask { try await saboteur.lockBackwards(until: end) }
            group.addTask { try await saboteur.terminate(until: end) }
            if let restarts { group.addTask { try await saboteur.restart(every: restarts, until: end) } }
            try await group.waitForAll()
        }
    }

    /// Posture counts and findings of one snapshot always agree.
    private func read(_ store: Store, _ log: FaultLog, until end: ContinuousClock.Instant) async throws {
        while ContinuousClock().now < end {
            do {
                let (counted, listed) = try await store.read { reader in
                    var listed: Int64 = 0
                    try reader.findings(FindingFilter()) { _ in listed += 1 }
                    return (try reader.accounts().reduce(0) { $0 + $1.summary.total }, listed)
                }
                #expect(counted == listed, "a reader saw parts of two states")
                log.count("reads")
            } catch let error as MartletError {
                log.note("read: \(error.code.name): \(error.message)")
            }
        }
    }

    /// Every counter in the store against a count of the rows behind it.
    private func recount(_ field: FaultField, seed: UInt64) async throws {
        let questions = [
            "posture counts": """
            SELECT COUNT(*) FROM accounts a WHERE
            (SELECT COALESCE(SUM(p.findings), 0) FROM postures p
             WHERE p.tenant = a.tenant AND p.account = a.id AND p.closed_in IS NULL) <>
            (SELECT COUNT(*) FROM findings f WHERE f.tenant = a.tenant AND f.account = a.id AND f.closed_in IS NULL)
            """,
            "findings open twice": """
            SELECT COUNT(*) FROM (SELECT 1 FROM findings WHERE closed_in IS NULL
            GROUP BY tenant, account, fingerprint HAVING COUNT(*) > 1) d
            """,
            "resources open twice": """
            SELECT COUNT(*) FROM (SELECT 1 FROM resources WHERE closed_in IS NULL
            GROUP BY tenant, account, uid HAVING COUNT(*) > 1) d
            """,
            "rows of no published generation": """
            SELECT COUNT(*) FROM findings f JOIN accounts a ON a.tenant = f.tenant AND a.id = f.account
            WHERE f.opened_in > a.published OR f.closed_in > a.published
            """,
            "resource numbers": """
            SELECT COUNT(*) FROM accounts a JOIN resources r ON r.tenant = a.tenant AND r.account = a.id
            WHERE r.resource >= a.next_resource
            """,
            "generations": "SELECT COUNT(*) FROM accounts WHERE generation < published",
            "leases": "SELECT COUNT(*) FROM leases",
            "unfinished scans": "SELECT COUNT(*) FROM scans WHERE state NOT IN ('completed', 'failed')",
            "posture versions": """
            SELECT COUNT(*) FROM accounts a WHERE posture_version < (SELECT COUNT(*) FROM scans s
            WHERE s.tenant = a.tenant AND s.account = a.id AND s.state = 'completed')
            """,
            "tokens": "SELECT COUNT(*) FROM fences WHERE token > (SELECT last_value FROM tokens)",
        ]
        for (name, sql) in questions {
            let wrong = try await field.ask("SET search_path = martlet; " + sql)
            #expect(wrong == "0", "\(name), seed \(seed)")
        }
    }

    private func expectNoLeak(_ field: FaultField, seed: UInt64) async throws {
        let open = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name IN ('martlet', 'stopped')"
        let busy = open + " AND xact_start IS NOT NULL"
        #expect(try await settles(field, busy, at: 0), "a transaction is left, seed \(seed)")
        let left = Int(try await field.ask(open)) ?? .max
        #expect(left <= 8 * field.stores.count, "\(left) connections, seed \(seed)")
        await field.close()
        #expect(try await settles(field, open, at: 0), "connections are left, seed \(seed)")
    }

    private func settles(_ field: FaultField, _ sql: String, at wanted: Int) async throws -> Bool {
        for _ in 0..<200 {
            if try await field.ask(sql) == "\(wanted)" { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
