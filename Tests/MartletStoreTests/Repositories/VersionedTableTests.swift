import MartletCore
import Testing

@testable import MartletStore

/// A versioned table against the plain idea of it: one map of what holds for each generation.
@Suite("VersionedTable")
struct VersionedTableTests {
    /// 0 is absent, 1 and 2 are values.
    typealias State = [Int]

    /// One table under test with its model.
    private struct Run {
        let table: VersionedTable
        let account: AccountID
        let connection: any Connection
        var generation: Int64 = 0
        /// What holds at each generation that was written, by key.
        var model: [Int64: [Int64: Int64]] = [:]

        var keyOf: (Row) -> Int64 { table.name == "postures" ? { $0.int(0) } : { $0.int(1) } }

        mutating func write(_ state: [Int64: Int64], next: Bool) throws {
            if next { generation += 1 }
            let writer = try VersionedWriter(table, account, generation: generation, connection)
            for key in state.keys.sorted() {
                try writer.add(
                    key: table.name == "postures" ? [.int(key), .int(0), .int(0)] : [.int(1), .int(key)],
                    values: [.int(state[key] ?? 0)])
            }
            try writer.finish()
            #expect(writer.rows == state.count)
            switch table.absence {
            case .closes: model[generation] = state
            case .keeps:
                model[generation] = (model[generation] ?? model[generation - 1] ?? [:]).merging(state) { $1 }
            }
        }

        /// Reads the table as it was at every generation. What a test does not expect is told once.
        func check(_ context: @autoclosure () -> String) throws {
            let value = table.values[0].name
            for (generation, expected) in model {
                var found: [Int64: Int64] = [:]
                var repeated = 0
                try connection.query(
                    """
                    SELECT \(table.keys.joined(separator: ", ")), \(value) FROM \(table.name)
                    WHERE tenant = $1 AND account = $2 AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3)
                    """, [.int(account.tenant), .int(account.account), .int(generation)]
                ) { row in
                    if found.updateValue(row.int(table.keys.count), forKey: keyOf(row)) != nil { repeated += 1 }
                }
                if found != expected || repeated > 0 {
                    Issue.record("\(table.name) at \(generation): \(context()), \(found.count) rows, \(repeated) twice")
                    return
                }
            }
            let current = try connection.count(
                table.name, where: "tenant = $1 AND account = $2 AND closed_in IS NULL", account.values)
            #expect(current == Int64(model[generation]?.count ?? 0))
        }
    }

    private static let tables = [VersionedTable.postures, .checkHoldings]

    /// All states of a number of keys.
    private static func states(keys: Int) -> [State] {
        var all: [State] = [[]]
        for _ in 0..<keys { all = all.flatMap { state in (0...2).map { state + [$0] } } }
        return all
    }

    private static func map(_ state: State) -> [Int64: Int64] {
        var map: [Int64: Int64] = [:]
        for (key, value) in state.enumerated() where value > 0 { map[Int64(key)] = Int64(value) }
        return map
    }

    /// Every sequence of three states of two keys, each step in the same or in the next generation: all ways in which
    /// the merge can begin, end and run out of rows.
    @Test("all short histories of two keys", arguments: Driver.all, [0, 1])
    func shortHistories(driver: Driver, index: Int) async throws {
        try await driver.withStore { store in
            try await store.database.write { connection in
                let states = Self.states(keys: 2)
                var number: Int64 = 0
                for first in states {
                    for second in states {
                        for third in states {
                            // Two bits say which steps go on to the next generation.
                            for pattern in 0..<4 {
                                number += 1
                                var run = Run(
                                    table: Self.tables[index],
                                    account: AccountID(tenant: store.tenant, account: number),
                                    connection: connection)
                                try run.write(Self.map(first), next: true)
                                try run.write(Self.map(second), next: pattern & 1 != 0)
                                try run.write(Self.map(third), next: pattern & 2 != 0)
                                try run.check("\(first) \(second) \(third) \(pattern)")
                            }
                        }
                    }
                }
            }
        }
    }

    /// Every sequence of three states of three keys, side by side as 19,683 triples of keys in one table: the merge meets
    /// every neighbourhood.
    @Test("all histories of three keys", arguments: Driver.all, [0, 1])
    func histories(driver: Driver, index: Int) async throws {
        try await driver.withStore { store in
            let states = Self.states(keys: 3)
            var sequences: [[Int64: Int64]] = [[:], [:], [:]]
            var key: Int64 = 0
            for first in states {
                for second in states {
                    for third in states {
                        for position in 0..<3 {
                            for (step, state) in [first, second, third].enumerated() where state[position] > 0 {
                                sequences[step][key] = Int64(state[position])
                            }
                            key += 1
                        }
                    }
                }
            }
            let steps = sequences
            try await store.database.write { connection in
                for pattern in 0..<4 {
                    var run = Run(
                        table: Self.tables[index],
                        account: AccountID(tenant: store.tenant, account: Int64(pattern)), connection: connection)
                    try run.write(steps[0], next: true)
                    try run.write(steps[1], next: pattern & 1 != 0)
                    try run.write(steps[2], next: pattern & 2 != 0)
                    try run.check("pattern \(pattern)")
                }
            }
        }
    }

    @Test("what did not change is not written", arguments: Driver.all)
    func unchanged(driver: Driver) async throws {
        try await driver.withStore { store in
            try await store.database.write { connection in
                var run = Run(
                    table: .postures, account: AccountID(tenant: store.tenant, account: 1), connection: connection)
                try run.write([1: 1, 2: 2, 3: 1], next: true)
                let before = try connection.dump("postures")
                try run.write([1: 1, 2: 2, 3: 1], next: true)
                try run.write([1: 1, 2: 2, 3: 1], next: false)
                #expect(try connection.dump("postures") == before)
                try run.write([1: 1, 2: 1, 3: 1], next: true)
                #expect(try connection.count("postures") == 4)
            }
        }
    }

    @Test("nulls, reals, texts and hashes are compared as such", arguments: Driver.all)
    func types(driver: Driver) async throws {
        try await driver.withStore { store in
            try await store.database.write { connection in
                let account = AccountID(tenant: store.tenant, account: 1)
                let scores: [(Double?, String)] = [
                    (nil, ""), (nil, ""), (0, ""), (nil, ""), (nil, "x"), (0.5, "x"), (0.5, "x"),
                ]
                var rows: [Int64] = []
                for (step, score) in scores.enumerated() {
                    try ComplianceRecords.replaceScores(
                        [(framework: 1, score: score.0, document: score.1)], account, generation: Int64(step + 1),
                        connection)
                    rows.append(try connection.count("scores"))
                }
                #expect(rows == [1, 1, 2, 3, 4, 5, 5])
                for (generation, hashes) in [[3, 1 << 40], [1 << 40], [2, 3, 1 << 40], []].enumerated() {
                    try MuteRecords.replaceCovered(account, generation: Int64(generation + 1), connection) { add in
                        for number in hashes.sorted() { try add(ContentHash(high: UInt64(number), low: 0), "m", "r") }
                    }
                }
                var spans: [[Int64]] = []
                try connection.query("SELECT fingerprint, opened_in, closed_in FROM finding_mutes ORDER BY 1, 2") {
                    row in
                    spans.append([Int64(row.hash(0).high), row.int(1), row.int(2)])
                }
                #expect(spans == [[2, 3, 4], [3, 1, 2], [3, 3, 4], [1 << 40, 1, 4]])
            }
        }
    }
}
