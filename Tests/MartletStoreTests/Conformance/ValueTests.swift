import MartletCore
import Testing

@testable import MartletStore

/// What goes in comes out, on every driver.
@Suite("Conformance: values and placeholders")
struct ValueTests {
    @Test("placeholders may stand in any order and repeatedly", arguments: Driver.all)
    func placeholders(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let row = try await database.read { connection in
                try connection.first(
                    "SELECT $3, $1, $2, $1, $11",
                    [.int(1), .text("two"), .int(3)] + (4...10).map { .int($0) } + [.int(11)]
                ) { [$0.int(0), $0.int(1), $0.int(3), $0.int(4)] + [$0.text(2) == "two" ? 1 : 0] }
            }
            #expect(row == [3, 1, 1, 11, 1])
        }
    }

    @Test("too few values are an error", arguments: Driver.all)
    func tooFew(driver: Driver) async throws {
        try await driver.withDatabase { database in
            await expectError(.database) {
                try await database.read { _ = try $0.first("SELECT $2", [.int(1)]) { _ in } }
            }
        }
    }

    static let integers: [Int64] = [0, 1, -1, 255, 1 << 31, -(1 << 31), 1 << 53 + 1, .max, .min]
    static let texts: [String] = [
        "", " ", "a", "\u{1}", "\u{7F}", "line\nline", "naïve", "e\u{301}", "日本語", "👩‍👩‍👧", "\u{10FFFF}",
        "'; DROP TABLE x; --", "$1 %_ \\", String(repeating: "x", count: 100_000),
    ]
    static let blobs: [[UInt8]] = [[], [0], [0, 0, 0], Array(0...255), [UInt8](repeating: 7, count: 70_000)]

    @Test("bound values come back unchanged", arguments: Driver.all)
    func bound(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { connection in
                try connection.execute("CREATE TABLE t (i BIGINT, r DOUBLE PRECISION, s TEXT, b BLOB)")
                for value in Self.integers { try connection.execute("INSERT INTO t (i) VALUES ($1)", [.int(value)]) }
                for value in Self.texts { try connection.execute("INSERT INTO t (s) VALUES ($1)", [.text(value)]) }
                for value in Self.blobs { try connection.execute("INSERT INTO t (b) VALUES ($1)", [.bytes(value)]) }
            }
            let (integers, texts, blobs) = try await database.read(Self.columns)
            #expect(integers == Self.integers)
            #expect(texts.map { Array($0.utf8) } == Self.texts.map { Array($0.utf8) })
            #expect(blobs == Self.blobs)
        }
    }

    @Test("loaded values come back unchanged, and null is not empty", arguments: Driver.all)
    func loaded(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { connection in
                try connection.execute("CREATE TABLE t (i BIGINT, r DOUBLE PRECISION, s TEXT, b BLOB)")
                for column in ["i", "s", "b"] {
                    let loader = try connection.load(into: "t", columns: [column])
                    let values: [Value] =
                        column == "i"
                        ? Self.integers.map(Value.int)
                        : column == "s" ? Self.texts.map(Value.text) : Self.blobs.map(Value.bytes)
                    for value in values {
                        loader.add(value)
                        try loader.endRow()
                    }
                    #expect(try loader.finish() == values.count)
                }
            }
            let (integers, texts, blobs) = try await database.read(Self.columns)
            #expect(integers == Self.integers)
            #expect(texts.map { Array($0.utf8) } == Self.texts.map { Array($0.utf8) })
            #expect(blobs == Self.blobs)
        }
    }

    private static func columns(_ connection: any Connection) throws -> ([Int64], [String], [[UInt8]]) {
        var result: ([Int64], [String], [[UInt8]]) = ([], [], [])
        try connection.query("SELECT i FROM t WHERE i IS NOT NULL") { result.0.append($0.int(0)) }
        try connection.query("SELECT s FROM t WHERE s IS NOT NULL") { result.1.append($0.text(0)) }
        try connection.query("SELECT b FROM t WHERE b IS NOT NULL") { result.2.append($0.bytes(0)) }
        return result
    }

    @Test("reals, hashes, booleans, times and nulls", arguments: Driver.all)
    func others(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let hash = ContentHash(high: 0x8000_0000_0000_0001, low: 2)
            try await database.write { connection in
                try connection.execute("CREATE TABLE t (id BIGINT, v DOUBLE PRECISION, h BLOB, b BIGINT, n BIGINT)")
                try connection.execute(
                    "INSERT INTO t VALUES (1, $1, $2, $3, $4)", [.real(0.1), .hash(hash), .bool(true), .null])
                let loader = try connection.load(into: "t", columns: ["id", "v", "h", "b", "n"])
                loader.add(2 as Int64)
                loader.add(0.1)
                loader.add(hash)
                loader.add(true)
                loader.add(nil as Int64?)
                try loader.endRow()
                try loader.finish()
                try connection.query("SELECT v, h, b, n FROM t ORDER BY id") { row in
                    #expect(row.real(0) == 0.1)
                    #expect(row.hash(1) == hash && row.bytes(1) == hash.bytes)
                    #expect(row.int(2) == 1)
                    #expect(row.isNull(3) && row.optionalInt(3) == nil && row.optionalText(3) == nil)
                    #expect(!row.isNull(2) && row.optionalInt(2) == 1)
                    #expect(row.optionalTime(3) == nil && row.time(2) == Timestamp(milliseconds: 1))
                }
            }
        }
    }

    @Test("text is ordered and compared by bytes", arguments: Driver.all)
    func order(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let words = ["b", "B", "a", "ä", "z", "\u{e000}", "\u{10000}", "aa", "a b", "Z", "", "e\u{301}", "é"]
            let (sorted, equal) = try await database.write { connection in
                try connection.execute("CREATE TABLE t (s TEXT)")
                for word in words { try connection.execute("INSERT INTO t VALUES ($1)", [.text(word)]) }
                var sorted: [[UInt8]] = []
                try connection.query("SELECT s FROM t ORDER BY s") { sorted.append(Array($0.text(0).utf8)) }
                return (sorted, try connection.count("t", where: "s = $1", [.text("é")]))
            }
            #expect(sorted == words.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
            #expect(equal == 1, "composed and decomposed are two texts")
        }
    }
}
