import Foundation
import MartletCore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletStore

/// Statements that are sent and not waited for.
@Suite("PostgreSQL: pipeline", .timeLimit(.minutes(20)))
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
}
