import Foundation
import MartletCore
import MartletStore
import MartletTestSupport

/// Does to a server's clients what may happen to them.
struct Saboteur: Sendable {
    let field: FaultField
    let seed: UInt64

    /// Locks an account's rows in the order opposite to publish's, again and again.
    func lockBackwards(until end: ContinuousClock.Instant) async throws {
        var generator = SplitMix(seed: seed &+ 7)
        var settings = try PostgresSettings(url: field.server.url() + "?application_name=saboteur")
        settings.retrySeconds = 0
        let database = PostgresDatabase(settings)
        while ContinuousClock().now < end {
            let pick = Int64.random(in: 0..<1_000, using: &generator)
            let pause = Double.random(in: 0.01...0.06, using: &generator)
            do {
                try await database.write { connection in
                    let lease = try connection.first(
                        """
                        SELECT tenant, account FROM leases ORDER BY (account * 7 + $1) % 11 LIMIT 1 FOR UPDATE SKIP LOCKED
                        """, [.int(pick)]
                    ) { [Value.int($0.int(0)), .int($0.int(1))] }
                    guard let lease else { return }
                    _ = try connection.first("SELECT pg_sleep(\(pause))") { _ in }
                    try connection.execute(
                        "UPDATE accounts SET name = name WHERE tenant = $1 AND id = $2", lease)
                }
                field.log.count("locked backwards")
            } catch {
                field.log.note("saboteur: \((error as? MartletError)?.message ?? "\(error)")")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        await database.close()
    }

    /// Ends random connections.
    func terminate(until end: ContinuousClock.Instant) async throws {
        var generator = SplitMix(seed: seed &+ 8)
        while ContinuousClock().now < end {
            try await Task.sleep(for: .milliseconds(Int.random(in: 100...500, using: &generator)))
            let answer = try? field.server.psql(
                """
                SELECT COUNT(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity
                WHERE application_name = 'martlet' AND xact_start IS NOT NULL ORDER BY random() LIMIT 1) a
                """)
            if answer?.contains("1") == true { field.log.count("terminated") }
        }
    }

    /// Restarts the server without care.
    func restart(every seconds: ClosedRange<Double>, until end: ContinuousClock.Instant) async throws {
        var generator = SplitMix(seed: seed &+ 9)
        while ContinuousClock().now < end {
            try await Task.sleep(for: .seconds(Double.random(in: seconds, using: &generator)))
            try field.server.restart()
            field.log.count("restarted")
        }
    }

    /// Deadlocks that the server has broken up so far, by its log.
    func deadlocks() throws -> Int {
        let log = try String(contentsOfFile: field.server.folder + "/log", encoding: .utf8)
        return log.components(separatedBy: "deadlock detected").count - 1
    }
}
