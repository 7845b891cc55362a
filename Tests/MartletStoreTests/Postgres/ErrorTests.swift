import Foundation
import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// What a server refuses in the middle of work: each has its own advice.
@Suite("PostgreSQL: refusals", .serialized)
struct ErrorTests {
    private static let server = Result { try PostgresServer() }

    private static func with(
        _ schema: String, _ change: (inout PostgresSettings) -> Void = { _ in },
        _ body: (PostgresServer, PostgresDatabase) async throws -> Void
    ) async throws {
        let server = try server.get()
        try server.psql("CREATE SCHEMA IF NOT EXISTS \(schema); CREATE TABLE \(schema).t (i bigint, x text)")
        var settings = try PostgresSettings(url: server.url(schema: schema))
        change(&settings)
        let database = PostgresDatabase(settings)
        do {
            try await body(server, database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// The table's file is `/dev/full`, on which every write ends with ENOSPC, so the server itself answers 53100.
    @Test("a full disk says so, and what comes after it works")
    func fullDisk() async throws {
        try await Self.with("disk") { server, database in
            let file = try server.psql("SELECT pg_relation_filepath('disk.t')").split(separator: "\n")
            let path = server.folder + "/data/" + (try #require(file.first))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
            let error = await expectError(.io) { try await database.run("INSERT INTO t VALUES (1, 'a')") }
            #expect(error?.message.contains("disk is full") == true, "\(error?.description ?? "")")
            let loading = await expectError(.io) {
                try await database.write { connection in
                    let loader = try connection.load(into: "t", columns: ["i", "x"])
                    for number in 0..<10 as Range<Int64> {
                        loader.add(number)
                        loader.add("x")
                        try loader.endRow()
                    }
                    try loader.finish()
                }
            }
            #expect(loading?.message.contains("disk is full") == true)
            // The checkpointer must not meet the device.
            try FileManager.default.removeItem(atPath: path)
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            try Command.run("chown", ["--reference", server.folder + "/data/PG_VERSION", path])
            try await database.run("CREATE TABLE u (i bigint)", "INSERT INTO u VALUES (1)")
            let rows = try await database.read { try $0.count("u") }
            #expect(rows == 1)
        }
    }

    @Test("a server that lets this login use no more temporary space says so")
    func temporarySpace() async throws {
        try await Self.with("spill") { _, database in
            let error = await expectError(.io) {
                try await database.write { connection in
                    try connection.execute("SET LOCAL temp_file_limit = '64kB'")
                    try connection.execute("SET LOCAL work_mem = '64kB'")
                    _ = try connection.first(
                        "SELECT COUNT(*) FROM (SELECT i FROM generate_series(1, 200000) i ORDER BY i DESC OFFSET 0) s"
                    ) { $0.int(0) }
                }
            }
            #expect(error?.message.contains("temporary") == true, "\(error?.description ?? "")")
        }
    }

    @Test("a server, a database or a transaction that is read-only says so", arguments: ["server", "transaction"])
    func readOnly(what: String) async throws {
        try await Self.with("reading_" + what) { server, database in
            if what == "server" { try await Self.set(server, "default_transaction_read_only", "on") }
            let error = await expectError(.io) {
                try await database.write { connection in
                    if what == "transaction" { try connection.execute("SET LOCAL transaction_read_only = on") }
                    try connection.execute("INSERT INTO t VALUES (1, 'a')")
                }
            }
            #expect(error?.message.contains("read-only") == true, "\(error?.description ?? "")")
            // Reading goes on.
            let rows = try await database.read { try $0.count("t") }
            #expect(rows == 0)
            if what == "server" { try await Self.set(server, "default_transaction_read_only", "off") }
        }
    }

    /// Changes a setting and waits until the server has read it.
    private static func set(_ server: PostgresServer, _ name: String, _ value: String) async throws {
        try server.psql("ALTER SYSTEM SET \(name) = \(value)")
        try server.psql("SELECT pg_reload_conf()")
        for _ in 0..<200 where try server.psql("SHOW \(name)") != value + "\n" {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("a statement that takes too long is ended, and its transaction undone")
    func statementTimeout() async throws {
        try await Self.with("slow", { $0.statementMilliseconds = 100 }) { _, database in
            let error = await expectError(.limit) {
                try await database.run("INSERT INTO t VALUES (1, 'a')", "SELECT pg_sleep(20)")
            }
            #expect(error?.message.contains("statement timeout") == true, "\(error?.description ?? "")")
            let rows = try await database.read { try $0.count("t") }
            #expect(rows == 0)
        }
    }

    @Test("a transaction that falls silent is ended by the server, undone, and says so")
    func idleTimeout() async throws {
        let change = { @Sendable (settings: inout PostgresSettings) in
            settings.idleInTransactionMilliseconds = 100
            settings.retrySeconds = 0.1
        }
        try await Self.with("silent", change) { _, database in
            let error = await expectError(.io) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO t VALUES (1, 'a')")
                    Thread.sleep(forTimeInterval: 0.5)
                    try connection.execute("INSERT INTO t VALUES (2, 'a')")
                }
            }
            #expect(error?.message.contains("idle-in-transaction") == true, "\(error?.description ?? "")")
            let rows = try await database.read { try $0.count("t") }
            #expect(rows == 0)
        }
    }

    @Test("a server that takes no more connections says so, and work goes on when it does")
    func connections() async throws {
        try await Self.with("crowd", { $0.retrySeconds = 0.2 }) { server, database in
            try server.psql(
                """
                CREATE ROLE few LOGIN CONNECTION LIMIT 1; GRANT ALL ON SCHEMA crowd TO few;
                GRANT ALL ON ALL TABLES IN SCHEMA crowd TO few
                """)
            let url = server.url(schema: "crowd", user: "few")
            let first = PostgresDatabase(try PostgresSettings(url: url))
            let second = PostgresDatabase(try PostgresSettings(url: url))
            _ = try await first.read { try $0.count("t") }
            let error = await expectError(.limit) { _ = try await second.read { try $0.count("t") } }
            #expect(error?.message.contains("no more connections") == true, "\(error?.description ?? "")")
            await first.close()
            var rows: Int64?
            for _ in 0..<100 where rows == nil {
                rows = try? await second.read { try $0.count("t") }
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(rows == 0)
            await second.close()
        }
    }

    @Test("rights that are missing name what is missing", arguments: ["SELECT 1 FROM t", "CREATE TABLE v (i int)"])
    func rights(sql: String) async throws {
        let schema = sql.hasPrefix("S") ? "closed_table" : "closed_schema"
        try await Self.with(schema) { server, _ in
            try server.psql("CREATE ROLE \(schema) LOGIN; GRANT USAGE ON SCHEMA \(schema) TO \(schema)")
            let poor = PostgresDatabase(try PostgresSettings(url: server.url(schema: schema, user: schema)))
            let error = await expectError(.database) { try await poor.run(sql) }
            #expect(error?.message.contains("lacks a right") == true, "\(error?.description ?? "")")
            #expect(error?.message.contains(sql.hasPrefix("S") ? "table t" : schema) == true)
            await poor.close()
        }
    }
}
