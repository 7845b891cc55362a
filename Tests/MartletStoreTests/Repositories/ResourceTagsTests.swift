import MartletCore
import Testing

@testable import MartletStore

@Suite("Tags of resources")
struct ResourceTagsTests {
    private func all(_ account: AccountID, _ connection: any Connection) throws -> [[Int64]: [Int64]] {
        var rows: [[Int64]: [Int64]] = [:]
        try connection.query(
            "SELECT tag, opened_in, batch, resources FROM resource_tags WHERE tenant = $1 AND account = $2",
            account.values
        ) { row in rows[[row.int(0), row.int(1), row.int(2)]] = ResourceTags.numbers(row.bytes(3)) }
        return rows
    }

    @Test("a tag costs one row a batch, and a removed version leaves nothing", arguments: Driver.all)
    func addAndRemove(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                let other = try Sample.account("222", store.tenant, connection)
                let shared = (1...300).map { (tag: Int64(5), resource: Int64($0)) }
                try ResourceTags.add(
                    shared.reversed() + [(-9, 70_000), (5, 300), (-9, 2)], account, generation: 1, batch: 0, connection)
                try ResourceTags.add([(5, 301)], account, generation: 1, batch: 1, connection)
                try ResourceTags.add([(5, 1)], account, generation: 2, batch: 0, connection)
                try ResourceTags.add([(5, 1)], other, generation: 1, batch: 0, connection)
                #expect(
                    try all(account, connection) == [
                        [5, 1, 0]: Array(1...300), [-9, 1, 0]: [2, 70_000], [5, 1, 1]: [301], [5, 2, 0]: [1],
                    ])
                var gone = Set((2...300).map { ResourceTags.Entry(tag: 5, resource: $0, openedIn: 1) })
                gone.insert(.init(tag: 5, resource: 301, openedIn: 1))
                gone.insert(.init(tag: 77, resource: 1, openedIn: 1))
                try ResourceTags.remove(gone, account, connection)
                try ResourceTags.remove(gone, account, connection)
                #expect(
                    try all(account, connection) == [[5, 1, 0]: [1], [-9, 1, 0]: [2, 70_000], [5, 2, 0]: [1]])
                #expect(try all(other, connection) == [[5, 1, 0]: [1]])
            }
        }
    }

    @Test("resources are found by tag, over batches and generations up to the one that is read", arguments: Driver.all)
    func find(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                let tag = Tag(key: "team", value: "blue")
                let number = TagText.number(of: tag)
                for generation in 1...3 as ClosedRange<Int64> {
                    for batch in 0...1 as ClosedRange<Int64> {
                        try ResourceTags.add(
                            [(number, generation * 10 + batch), (number &+ 1, 99)], account, generation: generation,
                            batch: batch, connection)
                    }
                }
                for (generation, expected) in [(0, []), (1, [10, 11]), (2, [10, 11, 20, 21])] as [(Int64, Set<Int64>)] {
                    #expect(
                        try ResourceTags.resources(with: tag, account, upTo: generation, connection) == expected)
                }
            }
        }
    }
}
