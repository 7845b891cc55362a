import MartletCore
import MartletReference
import Testing

@testable import MartletEngine
@testable import MartletStore

@Suite("What a page costs")
struct PageCostTests {
    private static func statements(_ count: Int, failing: Int = 0) -> [Statement] {
        (0..<count).map { number in
            Statement(
                check: "c\(number % 4)", regions: ["r\(number % 3)"], uid: "u\(number)",
                status: number < failing ? .fail : .pass, tags: [Tag(key: "k", value: "v\(number % 5)")])
        }
    }

    /// Statements of one reading transaction.
    private static func cost(_ test: TestStore, _ body: @escaping @Sendable (StoreReader) throws -> Void) async throws
        -> Int
    {
        // What is done once for a connection does not count.
        try await test.store.read(body)
        let before = await test.store.statementCount
        try await test.store.read(body)
        return await test.store.statementCount - before
    }

    private static func failed(_ filter: FindingFilter = FindingFilter()) -> FindingFilter {
        var filter = filter
        filter.accounts.accounts = ["acc0"]
        filter.severities = [.medium]
        return filter
    }

    @Test("statements are constant, whatever the size", arguments: StorePlace.allCases, [50, 1_500])
    func constant(place: StorePlace, size: Int) async throws {
        try await TestStore.with(place) { test in
            try await PagedEstate.run(Self.statements(size), 0, 0, test)
            try await PagedEstate.run(Self.statements(size, failing: 20), 0, PagedEstate.day, test)
            var filter = Self.failed()
            filter.statuses = [.pass]
            let passed = filter
            let first = try await Self.cost(test) {
                let page = try $0.findings(passed, after: nil, limit: 10)
                #expect(page.rows.count == 10)
            }
            let later = try await Self.cost(test) {
                let page = try $0.findings(passed, after: nil, limit: 10)
                let second = try $0.findings(passed, after: page.next, limit: 10)
                #expect(second.rows.count == 10)
            }
            let diff = try await Self.cost(test) {
                let page = try $0.diff(from: nil, to: nil, account: AccountFilter(), after: nil, limit: 10)
                #expect(page.rows.count == 10 && page.next != nil)
            }
            let accounts = try await Self.cost(test) { _ = try $0.accounts() }
            // Accounts, keys, rows, four kinds of names, and both ends of the transaction.
            #expect(first == 9)
            #expect(later == 16)
            #expect(diff == 14)
            #expect(accounts == 5)
        }
    }

    @Test("counts end at 10,000, but for what summaries tell", arguments: StorePlace.allCases)
    func counts(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await PagedEstate.run(
                (0..<10_050).map { Statement(check: $0 < 10_010 ? "c0" : "c1", uid: "u\($0 % 10)", name: "n\($0)") },
                0, 0, test)
            try await test.store.read { reader in
                func count(_ change: (inout FindingFilter) -> Void) throws -> FindingCount {
                    var filter = FindingFilter()
                    change(&filter)
                    return try reader.findingCount(filter)
                }
                let all = try count { $0.statuses = [.fail] }
                #expect(all == FindingCount(count: 10_050, isExact: true))
                let many = try count { $0.checks = ["c0"] }
                #expect(many == FindingCount(count: 10_000, isExact: false))
                let few = try count { $0.checks = ["c1"] }
                #expect(few == FindingCount(count: 40, isExact: true))
                let fresh = try count { $0.deltas = [.new] }
                #expect(fresh == FindingCount(count: 10_000, isExact: false))
            }
        }
    }

    /// One finding among many that only its detail tells: no page reads them all.
    @Test("a page of a rare match ends early and goes on", arguments: StorePlace.allCases)
    func bounded(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            var statements = (0..<6_000).map { Statement(check: "c\($0 % 3)", uid: "u\($0 % 10)", name: "n\($0)") }
            statements[4_321].detail = "needle"
            try await PagedEstate.run(statements, 0, 0, test)
            try await test.store.read { reader in
                var filter = FindingFilter()
                filter.search = "needle"
                var list: [FindingRow] = []
                try reader.findings(filter) { list.append($0) }
                let (rows, pages) = try PagingTests.pages(filter, at: nil, of: 10, reader)
                #expect(rows == list && rows.count == 1)
                #expect(pages == 3)
            }
        }
    }
}
