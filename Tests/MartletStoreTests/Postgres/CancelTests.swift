import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// A cancellation ends the transaction that it is meant for and never another one.
@Suite("PostgreSQL: cancellation", .serialized)
struct CancelTests {
    private static func withDatabase(_ body: (PostgresDatabase, PostgresPlace) async throws -> Void) async throws {
        let place = try await PostgresPlace()
        let database = PostgresDatabase(try PostgresSettings(url: place.url + "&pool=1"))
        do {
            try await body(database, place)
        } catch {
            await database.close()
            await place.remove()
            throw error
        }
        await database.close()
        await place.remove()
    }

    @Test("a request that comes late does not end the next transaction of the same connection")
    func late() async throws {
        try await Self.withDatabase { database, _ in
            let handle = try PostgresHandle(database.settings)
            let cancel = try #require(handle.makeCancel())
            let first = cancel.begin()
            #expect(!cancel.end())
            // The ticket of the first one acts only now.
            let second = cancel.begin()
            cancel.cancel(first)
            _ = try handle.run("SELECT pg_sleep(0.3)")
            #expect(!cancel.end(), "the connection counts as cancelled")
            #expect(second == first + 1)
            let third = cancel.begin()
            cancel.cancel(third)
            // Off the threads that all tests share: the request needs one of them.
            nonisolated(unsafe) let sleeping = handle
            let wasEnded = try await Aside().run {
                do {
                    _ = try sleeping.run("SELECT pg_sleep(120)")
                    return false
                } catch { return true }
            }
            #expect(wasEnded)
            #expect(cancel.end(), "a cancelled connection must go")
            withExtendedLifetime(handle) {}
        }
    }

    @Test("a ticket that is cancelled before its transaction has a connection keeps it from beginning")
    func early() {
        let ticket = PostgresTicket()
        ticket.cancel()
        #expect(ticket.isCancelled && !ticket.attach(nil, 1))
    }

    /// One connection, so that every transaction is the next one of another that was cancelled at a random moment:
    /// before it began, in a statement, between two, in COMMIT, and after its end.
    @Test("cancelled at any moment, a transaction is done whole or not at all, and its neighbours are done")
    func anyMoment() async throws {
        try await Self.withDatabase { database, place in
            try place.psql("CREATE TABLE \(place.schema).t (i bigint PRIMARY KEY)")
            try place.psql("CREATE TABLE \(place.schema).u (i bigint PRIMARY KEY)")
            var confirmed: Set<Int64> = []
            var cancelled = 0
            for number in 0..<150 as Range<Int64> {
                let victim = Task {
                    try await database.write { connection in
                        try connection.execute("INSERT INTO t VALUES ($1)", [.int(number)])
                        try connection.execute("INSERT INTO u VALUES ($1)", [.int(number)])
                        _ = try connection.first("SELECT pg_sleep(0.001)") { _ in }
                    }
                }
                try await Task.sleep(for: .microseconds(Int.random(in: 0...8_000)))
                victim.cancel()
                do {
                    try await victim.value
                    confirmed.insert(number)
                } catch {
                    cancelled += 1
                }
                // Nobody has cancelled this one.
                let sum = try await database.read { try $0.first("SELECT 1 FROM pg_sleep(0.002)") { $0.int(0) } }
                #expect(sum == 1)
            }
            let (first, second) = try await database.read { (try $0.dump("t"), try $0.dump("u")) }
            #expect(first == second)
            #expect(confirmed.allSatisfy { first.contains("i=int(\($0))") }, "\(first.prefix(2))")
            #expect(cancelled > 0 && !confirmed.isEmpty, "\(cancelled) cancelled")
        }
    }
}

/// Runs what blocks on a thread of its own.
private actor Aside {
    private let executor: DedicatedThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init() throws { executor = try DedicatedThreadExecutor() }

    func run(_ body: @Sendable () -> Bool) -> Bool { body() }
}
