import MartletCore
import Testing

@testable import MartletStore

#if canImport(Glibc)
    import Glibc
#endif

/// What a claim costs beside a million finished jobs; only with `MARTLET_TEST_ALL=1`, and for its output.
@Suite("Queue: the cost of a claim", .enabled(if: getenv("MARTLET_TEST_ALL") != nil))
struct ClaimCostTests {
    @Test("a million finished jobs and ten thousand queued ones", arguments: Driver.all)
    func million(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await ClaimTests.fill(queue, queued: 10_000)
            try await queue.store.everything.run(
                """
                INSERT INTO jobs (tenant, id, kind, version, payload, account, queue, state, run_at, queued_at, attempts,
                    token, first_claimed_at, claimed_at, finished_at)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
                SELECT \(queue.store.tenant), 'f' || i, 'scan', 1, '{}', i % 10000 + 1, 'default', 'completed', 1, i, 1,
                    1, 1, 1, 1 FROM n
                """)
            if driver.name == "PostgreSQL" {
                try await queue.store.everything.run("ANALYZE jobs", "ANALYZE fences", "ANALYZE leases")
            }
            var times: [Duration] = []
            for _ in 0..<200 {
                let start = ContinuousClock().now
                let jobs = try await queue.claim()
                times.append(ContinuousClock().now - start)
                #expect(jobs.count == 1)
            }
            times.sort()
            var others: [Duration] = []
            for _ in 0..<200 {
                let start = ContinuousClock().now
                _ = try await queue.dispatch.write {
                    try $0.execute("UPDATE fences SET token = token WHERE tenant = 0")
                }
                others.append(ContinuousClock().now - start)
            }
            print("\(driver.name): an empty update, p50 \(others.sorted()[100])")
            print("\(driver.name): a claim of one, p50 \(times[100]), p95 \(times[190]), most \(times[199])")
            if driver.name == "PostgreSQL" {
                let plan = try await queue.dispatch.write { connection -> [String] in
                    let handle = try #require(connection as? PostgresConnection).handle
                    let sql = ClaimTests.inlined(
                        ClaimRequest(worker: Sample.worker(), limit: 1, lifetime: 1_000))
                    let result = try handle.run("EXPLAIN (ANALYZE, COSTS OFF) " + sql, PostgresParameters())
                    return (0..<result.rowCount).map { String(decoding: result.bytes($0, 0), as: UTF8.self) }
                }
                print(plan.joined(separator: "\n"))
            }
            let batch = ContinuousClock().now
            _ = try await queue.claim(64)
            print("\(driver.name): a claim of 64, \(ContinuousClock().now - batch)")
        }
    }
}
