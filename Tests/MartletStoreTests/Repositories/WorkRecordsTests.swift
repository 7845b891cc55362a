import MartletCore
import Testing

@testable import MartletStore

@Suite struct WorkRecordsTests {
    @Test("counts of all workers add up, whoever comes first", arguments: Driver.all)
    func totals(driver: Driver) async throws {
        try await driver.withStore { store in
            let database = store.database.scoped(to: .dispatch)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...8 {
                    group.addTask {
                        for _ in 0..<5 {
                            try await database.write {
                                try WorkRecords.add(["b": 2, "a": Int64(number), "none": 0], $0)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let figures = try await database.read { try WorkRecords.figures($0) }
            #expect(figures.totals == ["a": 180, "b": 80])
            #expect(figures.workers.isEmpty && figures.gauges.isEmpty)
        }
    }

    @Test("those who live are added up, and the dead forgotten", arguments: Driver.all)
    func gauges(driver: Driver) async throws {
        try await driver.withStore { store in
            let database = store.database.scoped(to: .dispatch)
            try await database.write { connection in
                try WorkRecords.set(["running": 1, "idle": 2], of: "one", connection)
                try WorkRecords.set(["running": 2], of: "two", connection)
                try WorkRecords.set(["running": 3], of: "two", connection)
                try WorkRecords.set(["running": 100], of: "silent", connection)
                try WorkRecords.set(["running": 100], of: "gone", connection)
                try connection.execute(
                    "UPDATE work_gauges SET seen_at = seen_at - $1 WHERE worker = 'silent'",
                    [.int(WorkRecords.patience + 5_000)])
                try connection.execute(
                    "UPDATE work_gauges SET seen_at = seen_at - $1 WHERE worker = 'gone'",
                    [.int(20 * WorkRecords.patience)])
            }
            let figures = try await database.read { try WorkRecords.figures($0) }
            #expect(figures.workers == ["one", "two"] && figures.gauges == ["running": 4, "idle": 2])
            try await database.write { connection in
                try WorkRecords.set([:], of: "one", connection)
                try WorkRecords.remove(worker: "two", connection)
            }
            let left = try await database.read { connection -> [String] in
                var names: [String] = []
                try connection.query("SELECT DISTINCT worker FROM work_gauges ORDER BY worker") {
                    names.append($0.text(0))
                }
                return names
            }
            #expect(left == ["one", "silent"])
            #expect(try await store.health().work.workers == ["one"])
        }
    }
}
