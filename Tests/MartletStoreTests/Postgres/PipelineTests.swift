import Foundation
import MartletCore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletStore

/// Statements that are sent and not waited for, and threads that wait so that nobody else has to.
@Suite("PostgreSQL: pipeline and threads", .timeLimit(.minutes(10)))
struct PipelineTests {
    /// What comes after a posted statement that fails.
    enum Next: CaseIterable {
        /// The end of the transaction's body, and so COMMIT.
        case commit
        /// A statement that is waited for.
        case statement
        /// More posts than may wait for their results.
        case posts
        /// A statement whose failure the body keeps to itself.
        case ignored
    }

    @Test(
        "what a posted statement did wrong comes with what is waited for next, and nothing is kept",
        arguments: Next.allCases)
    func failure(next: Next) async throws {
        try await Driver.postgres.withDatabase { database in
            try await database.run("CREATE TABLE t (i BIGINT PRIMARY KEY)")
            let reached = Mutex((posted: false, next: false))
            let error = await expectError(.database) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    try connection.post("INSERT INTO t VALUES (1)", [])
                    try connection.post("INSERT INTO t VALUES (2)", [])
                    reached.withLock { $0.posted = true }
                    switch next {
                    case .commit: break
                    case .statement: _ = try connection.count("t")
                    case .posts: for number in 3...80 { try connection.post("INSERT INTO t VALUES (\(number))", []) }
                    case .ignored: _ = try? connection.count("t")
                    }
                    reached.withLock { $0.next = true }
                }
            }
            // The first failure, not that the rest of the transaction is ignored.
            #expect(error?.message.contains("rule") == true, "\(error?.description ?? "")")
            let (posted, went) = reached.withLock { $0 }
            #expect(posted)
            #expect(went == (next == .commit || next == .ignored))
            let rows = try await database.write { connection in
                try connection.post("INSERT INTO t VALUES (7)", [])
                return try connection.count("t")
            }
            #expect(rows == 1)
        }
    }

    @Test("more statements than there are cores can wait for the server, and tasks go on")
    func nobodyWaits() async throws {
        let place = try await PostgresPlace()
        let count = ProcessInfo.processInfo.activeProcessorCount + 4
        let database = PostgresDatabase(try PostgresSettings(url: place.url + "&pool=\(count)"))
        let sleepers = (0..<count).map { _ in
            Task { try await database.read { _ = try $0.first("SELECT pg_sleep(90)") { _ in } } }
        }
        func sleeping() throws -> Int {
            // As text: the question must not find itself.
            let text = try place.psql(
                """
                SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%pg\\_sleep(90)'
                """)
            return Int(text.filter(\.isNumber)) ?? 0
        }
        for _ in 0..<2_000 where try sleeping() < count { try await Task.sleep(for: .milliseconds(20)) }
        // A thread of the cooperative pool that waited for the server would do so until the sleep is over.
        let rounds = await Task {
            var rounds = 0
            for _ in 0..<50 {
                try? await Task.sleep(for: .milliseconds(1))
                await Task.yield()
                rounds += 1
            }
            return rounds
        }.value
        let left = try sleeping()
        #expect(rounds == 50)
        #expect(left == count)
        for sleeper in sleepers { sleeper.cancel() }
        for sleeper in sleepers { _ = await sleeper.result }
        await database.close()
        await place.remove()
    }
}
