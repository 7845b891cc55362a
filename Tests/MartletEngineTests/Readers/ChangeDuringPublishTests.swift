import Glibc
import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// A change of mutes or frameworks while a scan is being published. On SQLite there is one writer and the change waits.
@Suite("PostgreSQL: a change while a scan is being published")
struct ChangeDuringPublishTests {
    /// How far the change is that runs beside.
    private static func waitUntilDoneOrBlocked(_ done: Recorded<Bool>, _ connection: any Connection) throws {
        for _ in 0..<3_000 where done.value == nil {
            let blocked = try connection.first(
                """
                SELECT COUNT(*) FROM pg_catalog.pg_locks l WHERE NOT l.granted
                AND pg_catalog.pg_backend_pid() = ANY (pg_catalog.pg_blocking_pids(l.pid))
                """
            ) { $0.int(0) }
            if (blocked ?? 0) > 0 { return }
            usleep(5_000)
        }
    }

    /// Publishes a scan and begins `change` when the publish has read all that it needs.
    private static func publish(
        _ test: TestStore, at time: Int64, _ change: @escaping @Sendable (Administration) async throws -> Void
    ) async throws {
        let store = test.store
        let done = Recorded<Bool>()
        let begun = Recorded<Task<Void, any Error>>()
        let database = FailingDatabase(store.database)
        database.call(before: "UPDATE accounts SET published") { connection in
            begun.set(
                Task {
                    // Whether it works or not, the publish goes on.
                    defer { done.set(true) }
                    try await change(Administration(store: store))
                })
            try waitUntilDoneOrBlocked(done, connection)
        }
        let publishing = try await Store.open(database: database, url: "test:x", tenant: "default")
        let said = [Statement(check: "c0"), Statement(check: "c1", status: .pass)]
        _ = try await Importer(store: publishing).run(
            source: MemorySource(said, at: time), origin: "test", options: ImportOptions())
        try await begun.value?.value
    }

    @Test("reaches the posture, also that of a first scan", arguments: [0, 1])
    func mute(earlierScans: Int) async throws {
        try await TestStore.with(.postgresql) { test in
            try await test.addFramework("house_aws", EstateFrameworks.house)
            for number in 0..<earlierScans { try await test.run([Statement(uid: "before")], at: Int64(number)) }
            try await Self.publish(test, at: 10) { administration in
                try await administration.addMute(MuteRule(id: "m", checks: ["c0"], reason: "r"))
            }
            let row = try #require(try await test.store.read { try $0.accounts().first })
            #expect(row.published == Int64(earlierScans + 1) && !row.pending)
            let findings = try await test.findings()
            #expect(findings.filter { $0.mutedReason == "r" }.map(\.check.check) == ["c0"])
            #expect(row.summary.muted == 1)
        }
    }

    @Test("reaches compliance, also that of a first scan", arguments: [0, 1])
    func framework(earlierScans: Int) async throws {
        try await TestStore.with(.postgresql) { test in
            for number in 0..<earlierScans { try await test.run([Statement(uid: "before")], at: Int64(number)) }
            try await Self.publish(test, at: 10) { administration in
                try await administration.addFrameworks([("house_aws.json", Array(EstateFrameworks.house.utf8))])
            }
            #expect(try await test.rows("house_aws").count == 5)
            let row = try #require(try await test.store.read { try $0.accounts().first })
            #expect(!row.pending)
        }
    }
}
