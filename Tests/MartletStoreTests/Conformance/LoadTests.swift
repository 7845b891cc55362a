import MartletCore
import Testing

@testable import MartletStore

@Suite("Conformance: bulk load and schema")
struct LoadTests {
    @Test("a load counts its rows, whatever their number", arguments: Driver.all, [0, 1, 2_999, 3_001])
    func counts(driver: Driver, rows: Int) async throws {
        try await driver.withDatabase { database in
            let (loaded, stored, sum) = try await database.write { connection in
                try connection.execute("CREATE TABLE t (i BIGINT, s TEXT)")
                let loader = try connection.load(into: "t", columns: ["s", "i"])
                for number in 0..<Int64(rows) {
                    loader.add("row \(number)")
                    loader.add(number)
                    try loader.endRow()
                }
                let loaded = try loader.finish()
                let sum = try connection.first("SELECT COALESCE(SUM(i), 0) FROM t") { $0.int(0) }
                return (loaded, try connection.count("t"), sum)
            }
            #expect(loaded == rows && stored == Int64(rows))
            #expect(sum == Int64(rows * (rows - 1) / 2))
        }
    }

    @Test("a load that violates a rule fails as a whole", arguments: Driver.all)
    func violation(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.run("CREATE TABLE t (i BIGINT PRIMARY KEY)")
            await expectError(.database) {
                try await database.write { connection in
                    let loader = try connection.load(into: "t", columns: ["i"])
                    for number in [1, 2, 1] as [Int64] {
                        loader.add(number)
                        try loader.endRow()
                    }
                    try loader.finish()
                }
            }
            let stored = try await database.read { try $0.count("t") }
            #expect(stored == 0)
        }
    }

    @Test("the next load works after one that was given up in the middle of a row", arguments: Driver.all)
    func abandoned(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let rows = try await database.write { connection in
                try connection.execute("CREATE TABLE t (a BIGINT, b BIGINT)")
                try connection.load(into: "t", columns: ["a", "b"]).add(5 as Int64)
                let loader = try connection.load(into: "t", columns: ["a", "b"])
                loader.add(1 as Int64)
                loader.add(2 as Int64)
                try loader.endRow()
                try loader.finish()
                return try connection.dump("t")
            }
            #expect(rows == ["a=int(1) b=int(2)"])
        }
    }

    @Test("columns come in their order; an unknown table has none", arguments: Driver.all)
    func columns(driver: Driver) async throws {
        try await driver.withStore { store in
            let columns = try await store.database.read { connection in
                [try connection.columns(of: "mutes"), try connection.columns(of: "no_such_table")]
            }
            #expect(columns[0].starts(with: ["tenant", "id", "origin", "created_at", "expires_at", "rule"]))
            #expect(columns[1] == [])
        }
    }

    @Test("the clock is the current time in milliseconds", arguments: Driver.all)
    func clock(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let (first, second) = try await database.read { (try $0.now(), try $0.now()) }
            #expect(first <= second)
            // 2024-01-01 and 2200-01-01.
            #expect((1_704_067_200_000...7_258_118_400_000).contains(first))
        }
    }

    @Test("a cursor that is closed early leaves the connection usable", arguments: Driver.all)
    func earlyClose(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let values = try await database.write { connection in
                try connection.execute("CREATE TABLE t (i BIGINT)")
                try connection.execute("INSERT INTO t VALUES (1), (2), (3)")
                let sql = "SELECT i FROM t ORDER BY i"
                let outer = try connection.cursor(sql, [])
                defer { outer.close() }
                var pairs: [Int64] = []
                while let row = try outer.next() {
                    let value = row.int(0)
                    // The same statement, open twice at once.
                    pairs.append(value * 10 + (try connection.first(sql) { $0.int(0) } ?? 0))
                }
                outer.close()
                #expect(try outer.next() == nil)
                return pairs
            }
            #expect(values == [11, 21, 31])
        }
    }
}
