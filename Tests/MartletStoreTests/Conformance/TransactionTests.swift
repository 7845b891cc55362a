import MartletCore
import Testing

@testable import MartletStore

@Suite("Conformance: transactions, snapshots and stages")
struct TransactionTests {
    private struct Stop: Error {}

    @Test("an error rolls everything back, the next transaction works", arguments: Driver.all)
    func rollback(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.run("CREATE TABLE t (i BIGINT PRIMARY KEY)")
            await #expect(throws: Stop.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    try connection.execute("CREATE TABLE u (i BIGINT)")
                    throw Stop()
                }
            }
            // A statement's own error counts like one of the body.
            await expectError(.database) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO t VALUES (2)")
                    try connection.execute("INSERT INTO t VALUES (2)")
                }
            }
            let (count, tables) = try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (3)")
                return (try connection.count("t"), try driver.tables(connection))
            }
            #expect(count == 1)
            #expect(!tables.contains("u"))
        }
    }

    @Test("a reader sees one snapshot while a writer commits", arguments: Driver.all)
    func snapshot(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { connection in
                try connection.execute("CREATE TABLE t (i BIGINT)")
                try connection.execute("INSERT INTO t VALUES (1)")
            }
            let step = Step()
            async let counts = database.read { connection in
                let before = try connection.count("t")
                step.signal(.readOnce)
                step.wait(for: .committed)
                return (before, try connection.count("t"))
            }
            #expect(await step.waitWithoutBlocking(for: .readOnce))
            try await database.run("INSERT INTO t VALUES (2)")
            step.signal(.committed)
            let (before, after) = try await counts
            #expect(before == 1 && after == 1)
            let stored = try await database.read { try $0.count("t") }
            #expect(stored == 2)
        }
    }

    @Test("a reader cannot write", arguments: Driver.all)
    func readOnly(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.run("CREATE TABLE t (i BIGINT)")
            await expectError(.io) { try await database.read { _ = try $0.execute("INSERT INTO t VALUES (1)") } }
            let stored = try await database.read { try $0.count("t") }
            #expect(stored == 0)
        }
    }

    @Test("more reads than readers all get their turn", arguments: Driver.all)
    func manyReaders(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.run("CREATE TABLE t (i BIGINT)")
            let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 0..<40 as Range<Int64> {
                    group.addTask {
                        try await database.read { try $0.first("SELECT $1", [.int(number)]) { $0.int(0) } ?? -1 }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 780)
        }
    }

    static let stage = Stage(
        "stage_test", [.init("i", .int), .init("s", .text), .init("b", .bytes), .init("r", .real)])

    @Test("a stage is empty whenever it is loaded again, also after a rollback", arguments: Driver.all)
    func stages(driver: Driver) async throws {
        try await driver.withDatabase { database in
            @Sendable func load(_ numbers: [Int64], _ connection: any Connection) throws -> [Int64] {
                let loader = try connection.load(Self.stage)
                for number in numbers {
                    loader.add(number)
                    loader.add("s")
                    loader.add([1] as [UInt8])
                    loader.add(0.5)
                    try loader.endRow()
                }
                #expect(try loader.finish() == numbers.count)
                var found: [Int64] = []
                try connection.query("SELECT i FROM stage_test ORDER BY i") { found.append($0.int(0)) }
                return found
            }
            await #expect(throws: Stop.self) {
                try await database.write { connection in
                    _ = try load([1, 2], connection)
                    throw Stop()
                }
            }
            let found = try await database.write { connection in
                [try load([3], connection), try load([], connection), try load([4, 5], connection)]
            }
            #expect(found == [[3], [], [4, 5]])
            await #expect(throws: Stop.self) {
                try await database.write { connection in
                    _ = try load([6], connection)
                    throw Stop()
                }
            }
            let stored = try await database.write { try load([7], $0) }
            #expect(stored == [7])
        }
    }

    @Test("every statement of every connection counts, and the log tells the writer's", arguments: Driver.all)
    func statements(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let start = await database.statementCount
            try await database.write { connection in
                try connection.execute("CREATE TABLE t (i BIGINT)")
                let loader = try connection.load(into: "t", columns: ["i"])
                for number in 0..<500 as Range<Int64> {
                    loader.add(number)
                    try loader.endRow()
                }
                try loader.finish()
            }
            let written = await database.statementCount - start
            _ = try await database.read { try $0.count("t") }
            // Begin and commit frame both; the load of 500 rows is one statement.
            #expect(written == 4)
            #expect(await database.statementCount - start == 7)
            await database.setStatementLog(true)
            try await database.run("DELETE FROM t")
            #expect(await database.statementLog().filter { $0.contains("DELETE") } == ["DELETE FROM t"])
            await database.setStatementLog(true)
            #expect(await database.statementLog().isEmpty)
            await database.setStatementLog(false)
            try await database.run("DELETE FROM t")
            #expect(await database.statementLog().isEmpty)
        }
    }
}
