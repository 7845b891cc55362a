import MartletCore
import Testing

@testable import MartletStore

@Suite("Generations")
struct GenerationsTests {
    private func write(_ range: Range<Int>, in generation: Int64, _ account: AccountID, _ connection: any Connection)
        throws
    {
        try Findings.open(range.map { Sample.finding($0) }, account, generation: generation, connection)
        try Resources.open(
            range.map { Sample.resource(Int64($0)) }, account, generation: generation, batch: Int64(range.lowerBound),
            connection)
    }

    @Test("numbers grow and are never used again, whatever became of them", arguments: Driver.all)
    func neverReused(driver: Driver) async throws {
        struct Stop: Error {}
        try await driver.withAccount { store, account in
            var numbers: [Int64] = []
            for turn in 0..<5 {
                let number = try await store.database.write { connection in
                    let number = try Generations.begin(account, connection)
                    if turn == 2 {
                        try PostureRecords.publish(
                            account, generation: number, scan: "s", observedAt: nil, at: 0, connection)
                    }
                    return number
                }
                numbers.append(number)
            }
            #expect(numbers == [1, 2, 3, 4, 5])
            await #expect(throws: Stop.self) {
                try await store.database.write { connection in
                    _ = try Generations.begin(account, connection)
                    throw Stop()
                }
            }
            let counters = try await store.database.write { connection in
                #expect(try Generations.begin(account, connection) == 6)
                return try Accounts.counters(account, connection)
            }
            #expect(counters.generation == 6 && counters.published == 3)
        }
    }

    @Test("an attempt begins by undoing exactly what was not published", arguments: Driver.all)
    func undo(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                let other = try Sample.account("222", store.tenant, connection)
                let tables = ["findings", "resources", "resource_tags"]
                func dump() throws -> [String] { try tables.flatMap { try connection.dump($0) } }
                // The other account has rows in an unpublished generation, too; they are not this attempt's.
                let first = try Generations.begin(account, connection)
                try write(0..<5, in: first, account, connection)
                try write(0..<3, in: try Generations.begin(other, connection), other, connection)
                try PostureRecords.publish(account, generation: first, scan: "s", observedAt: nil, at: 0, connection)
                let published = try dump()
                let second = try Generations.begin(account, connection)
                #expect(try dump() == published)
                try write(3..<9, in: second, account, connection)
                #expect(try Generations.hasStrayRows(account, published: first, own: second, connection) == false)
                #expect(try Generations.hasStrayRows(account, published: first, own: second + 1, connection))
                #expect(try dump() != published)
                let third = try Generations.begin(account, connection)
                #expect(try dump() == published)
                #expect(try Generations.hasStrayRows(account, published: first, own: third, connection) == false)
            }
        }
    }

    @Test("rows of a generation after the own one are stray, too", arguments: Driver.all)
    func stray(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                try write(0..<1, in: 7, account, connection)
                #expect(try Generations.hasStrayRows(account, published: 5, own: 6, connection))
                #expect(try Generations.hasStrayRows(account, published: 5, own: 7, connection) == false)
                #expect(try Generations.hasStrayRows(account, published: 7, own: 8, connection) == false)
            }
        }
    }
}
