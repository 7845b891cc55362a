import Dispatch
import MartletCore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletStore

/// Counts the tries of a transaction.
private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    @discardableResult
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

/// What a server may do to its clients. The tests have a server of their own, because they end its connections.
@Suite("PostgreSQL: faults", .serialized)
struct FaultTests {
    private static let server = Result { try PostgresServer() }
    private static let number = Atomic(0)

    /// An empty schema with a table of numbers.
    private static func withTable(_ body: (PostgresServer, PostgresDatabase, _ schema: String) async throws -> Void)
        async throws
    {
        let server = try server.get()
        let schema = "f\(number.add(1, ordering: .relaxed).newValue)"
        try server.psql("CREATE SCHEMA \(schema); CREATE TABLE \(schema).t (i bigint, n bigint)")
        let database = PostgresDatabase(try PostgresSettings(url: server.url(schema: schema)))
        do {
            try await body(server, database, schema)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// The same, seen by a tenant: transactions leave their receipts.
    private static func withTenant(_ body: (PostgresServer, any Database, _ schema: String) async throws -> Void)
        async throws
    {
        try await withTable { server, database, schema in
            let store = try await Store.open(database: database, url: "test:x", tenant: "first")
            try server.psql("GRANT ALL ON \(schema).t TO \(schema)_app; CREATE INDEX ON \(schema).t (i)")
            try await body(server, store.database, schema)
        }
    }

    private static func backend(_ connection: any Connection) throws -> Int64 {
        try connection.first("SELECT pg_backend_pid()") { $0.int(0) } ?? 0
    }

    @Test("two transactions that lock one another out both succeed, one of them at the second try")
    func deadlock() async throws {
        try await Self.withTable { _, database, _ in
            try await database.run("INSERT INTO t VALUES (1, 0), (2, 0)")
            let tries = Counter()
            let met = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (mine, other) in [(0, 1), (1, 0)] {
                    group.addTask {
                        try await database.write { connection in
                            tries.next()
                            try connection.execute("UPDATE t SET n = n + 1 WHERE i = $1", [.int(Int64(mine + 1))])
                            met[mine].signal()
                            // At the second try nobody is there to be met.
                            _ = met[other].wait(timeout: .now() + 1)
                            try connection.execute("UPDATE t SET n = n + 1 WHERE i = $1", [.int(Int64(other + 1))])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let sum = try await database.read { try $0.first("SELECT SUM(n) FROM t") { $0.int(0) } }
            #expect(sum == 4)
            #expect(tries.value == 3)
        }
    }

    @Test(
        "a transaction that cannot be put in order with others runs again, whole, and leaves nothing of its first try",
        arguments: [true, false])
    func serialization(isPosted: Bool) async throws {
        try await Self.withTable { _, database, _ in
            let tries = Counter()
            let before = await database.poolStatus.retries
            try await database.write { connection in
                let number = Int64(tries.next())
                try connection.execute("INSERT INTO t VALUES (1, $1)", [.int(number)])
                if number == 1 {
                    let strike = "DO $$ BEGIN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END $$"
                    if isPosted { try connection.post(strike, []) } else { try connection.execute(strike) }
                }
                let loader = try connection.load(into: "t", columns: ["i", "n"])
                loader.add(2 as Int64)
                loader.add(number)
                try loader.endRow()
                try loader.finish()
            }
            let rows = try await database.read { connection in
                try connection.first("SELECT string_agg(i || ' ' || n, ', ' ORDER BY i, n) FROM t") { $0.text(0) }
            }
            #expect(rows == "1 2, 2 2" && tries.value == 2)
            #expect(await database.poolStatus.retries == before + 1)
        }
    }

    @Test("a transaction whose connection is ended runs again, whole")
    func terminated() async throws {
        try await Self.withTable { server, database, _ in
            let tries = Counter()
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1, 0)")
                if tries.next() == 1 {
                    try server.psql("SELECT pg_terminate_backend(\(try Self.backend(connection)), 5000)")
                }
                try connection.execute("INSERT INTO t VALUES (2, 0)")
            }
            let rows = try await database.read { try $0.count("t") }
            #expect(rows == 2 && tries.value == 2)
        }
    }

    @Test("a read whose connection is ended runs again only where that is allowed", arguments: [true, false])
    func terminatedRead(again: Bool) async throws {
        try await Self.withTable { server, database, _ in
            let tries = Counter()
            let body: @Sendable (any Connection) throws -> Int64 = { connection in
                let rows = try connection.count("t")
                if tries.next() == 1 {
                    try server.psql("SELECT pg_terminate_backend(\(try Self.backend(connection)), 5000)")
                }
                return rows + (try connection.count("t"))
            }
            if again {
                let rows = try await database.readRetrying(body)
                #expect(rows == 0)
            } else {
                await expectError(.io) { _ = try await database.read(body) }
            }
            #expect(tries.value == (again ? 2 : 1))
        }
    }

    @Test("a connection that was ended between transactions is replaced, for reads too")
    func idle() async throws {
        try await Self.withTable { server, database, _ in
            for _ in 0..<2 {
                let pid = try await database.read(Self.backend)
                try server.psql("SELECT pg_terminate_backend(\(pid), 5000)")
                let rows = try await database.read { try $0.count("t") }
                #expect(rows == 0)
            }
        }
    }

    @Test("a COMMIT whose answer is lost is not done twice")
    func committed() async throws {
        try await Self.withTenant { server, database, schema in
            _ = try await database.read { try $0.count("t") }
            // COMMIT waits for a standby that does not exist; ending the connection then leaves it committed.
            try server.psql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            try server.psql("SELECT pg_reload_conf()")
            let tries = Counter()
            async let written: Void = database.write { connection in
                tries.next()
                try connection.execute("INSERT INTO t VALUES (1, 0)")
            }
            var ended = ""
            for _ in 0..<200 where !ended.contains("t") {
                ended = try server.psql(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'
                    """)
                try await Task.sleep(for: .milliseconds(20))
            }
            try server.psql("ALTER SYSTEM RESET synchronous_standby_names")
            try server.psql("SELECT pg_reload_conf()")
            try await written
            #expect(ended.contains("t"), "the connection was never in COMMIT")
            #expect(tries.value == 1)
            #expect(try server.psql("SELECT COUNT(*) FROM \(schema).t") == "1\n")
        }
    }

    @Test("a COMMIT that the server did not do is done again")
    func aborted() async throws {
        try await Self.withTenant { server, database, schema in
            try server.psql(
                """
                CREATE SEQUENCE \(schema).tries;
                CREATE FUNCTION \(schema).strike() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                    IF nextval('\(schema).tries') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER strike AFTER INSERT ON \(schema).t DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION \(schema).strike()
                """)
            let tries = Counter()
            try await database.write { connection in
                tries.next()
                try connection.execute("INSERT INTO t VALUES (1, 0)")
            }
            let rows = try await database.read { try $0.count("t") }
            #expect(rows == 1 && tries.value == 2)
        }
    }

    @Test("a transaction that has begun last of all is known to be running, and then to be committed")
    func youngest() async throws {
        try await Self.withTenant { _, database, _ in
            let number = Mutex("")
            let (begun, released) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let holder = Task {
                try await database.write { connection in
                    try connection.execute("INSERT INTO t VALUES (1, 0)")
                    let text = try connection.first("SELECT pg_current_xact_id()::text") { $0.text(0) }
                    number.withLock { $0 = text ?? "" }
                    begun.signal()
                    released.wait()
                }
            }
            await Task.detached { Self.wait(begun) }.value
            let receipt = PostgresReceipt(session: 1, number: 1, transaction: number.withLock { $0 })
            let whileOpen = try await database.read { try ($0 as? PostgresConnection)?.isRunning(receipt) }
            #expect(whileOpen == true)
            released.signal()
            try await holder.value
            let after = try await database.read { connection in
                let connection = connection as? PostgresConnection
                return (try connection?.isRunning(receipt), try connection?.isCommitted(receipt))
            }
            #expect(after.0 == false && after.1 == true)
        }
    }

    private static func wait(_ semaphore: DispatchSemaphore) { semaphore.wait() }

    @Test("a server that is restarted without care loses and doubles nothing, and nobody is left waiting")
    func restart() async throws {
        try await Self.withTenant { server, database, _ in
            try await database.run("INSERT INTO t SELECT i, 0 FROM generate_series(1, 8) i")
            let rounds = 60 as Int64
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 1...8 as ClosedRange<Int64> {
                    group.addTask {
                        for round in 1...rounds {
                            try await database.write { connection in
                                try connection.execute("UPDATE t SET n = n + 1 WHERE i = $1", [.int(task)])
                                let loader = try connection.load(into: "t", columns: ["i", "n"])
                                loader.add(100 + task)
                                loader.add(round)
                                try loader.endRow()
                                try loader.finish()
                            }
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<2 {
                        try await Task.sleep(for: .milliseconds(150))
                        try server.restart()
                    }
                }
                try await group.waitForAll()
            }
            let (counted, loaded, distinct) = try await database.read { connection in
                (
                    try connection.first("SELECT SUM(n) FROM t WHERE i < 100") { $0.int(0) },
                    try connection.count("t", where: "i > 100"),
                    try connection.first("SELECT COUNT(*) FROM (SELECT DISTINCT i, n FROM t WHERE i > 100) d") {
                        $0.int(0)
                    }
                )
            }
            #expect(counted == 8 * rounds)
            #expect(loaded == 8 * rounds)
            #expect(distinct == 8 * rounds)
            await database.close()
            var open = "?"
            for _ in 0..<100 where open != "0\n" {
                open = try server.psql("SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'martlet'")
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(open == "0\n", "connections were left")
        }
    }

    @Test("a cancelled task ends its statement, and the next statement is safe")
    func cancelled() async throws {
        try await Self.withTable { _, database, _ in
            for _ in 0..<10 {
                let sleeper = Task { try await database.read { _ = try $0.first("SELECT pg_sleep(300)") { _ in } } }
                try await Task.sleep(for: .milliseconds(50))
                sleeper.cancel()
                let result = await sleeper.result
                #expect(throws: (any Error).self) { try result.get() }
                let rows = try await database.read { try $0.count("t") }
                #expect(rows == 0)
            }
        }
    }

    @Test("work waits for a connection for a bounded time")
    func pool() async throws {
        try await Self.withTable { server, _, schema in
            var settings = try PostgresSettings(url: server.url(schema: schema) + "&pool=1")
            settings.poolWaitSeconds = 0.2
            let database = PostgresDatabase(settings)
            let long = Task { try await database.read { _ = try $0.first("SELECT pg_sleep(60)") { _ in } } }
            var sleeping = ""
            for _ in 0..<1_000 where sleeping != "1\n" {
                sleeping = try server.psql(
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(60)'")
                try await Task.sleep(for: .milliseconds(20))
            }
            let error = await expectError(.limit) { _ = try await database.read { try $0.count("t") } }
            #expect(error?.message.contains("pool=") == true)
            long.cancel()
            _ = await long.result
            let rows = try await database.read { try $0.count("t") }
            #expect(rows == 0)
            await database.close()
        }
    }

    @Test("a transaction that waits for a lock too long says so")
    func lockTimeout() async throws {
        try await Self.withTable { server, database, schema in
            var settings = try PostgresSettings(url: server.url(schema: schema))
            settings.lockMilliseconds = 100
            let impatient = PostgresDatabase(settings)
            try await database.run("INSERT INTO t VALUES (1, 0)")
            try await database.write { connection in
                try connection.execute("UPDATE t SET n = 1")
                let done = DispatchSemaphore(value: 0)
                Task {
                    await expectError(.conflict) { try await impatient.run("UPDATE t SET n = 2") }
                    done.signal()
                }
                #expect(done.wait(timeout: .now() + 10) == .success)
            }
            await impatient.close()
        }
    }
}
