import MartletCore
import Testing

@testable import MartletEngine
@testable import MartletStore

@Suite("Pages of findings")
struct PagingTests {
    /// All pages of a list, and how many there were.
    static func pages(
        _ filter: FindingFilter, at scan: String?, of size: Int, _ reader: StoreReader
    ) throws -> (rows: [FindingRow], pages: Int) {
        var rows: [FindingRow] = []
        var pages = 0
        var cursor: FindingCursor?
        repeat {
            let page = try reader.findings(filter, at: scan, after: cursor, limit: size)
            #expect(page.rows.count <= size)
            rows += page.rows
            pages += 1
            // As a client would: by its text.
            cursor = try page.next.map { try FindingCursor($0.description) }
        } while cursor != nil && pages < 5_000
        return (rows, pages)
    }

    private static func rank(_ row: FindingRow, _ accounts: [AccountKey]) -> [Int] {
        [row.status.rawValue, -row.severity.rawValue, accounts.firstIndex(of: row.account) ?? -1]
    }

    private static func isOrdered(_ rows: [FindingRow], _ accounts: [AccountKey]) -> Bool {
        zip(rows, rows.dropFirst()).allSatisfy { left, right in
            let ranks = (rank(left, accounts), rank(right, accounts))
            return ranks.0.lexicographicallyPrecedes(ranks.1)
                || ranks.0 == ranks.1 && left.fingerprint < right.fingerprint
        }
    }

    @Test("pages of every size are the list, for every filter", arguments: StorePlace.allCases, [51, 52] as [UInt64])
    func pagesAreTheList(place: StorePlace, seed: UInt64) async throws {
        try await TestStore.with(place) { test in
            try await PagedEstate.fill(test, seed: seed)
            let accounts = try (0..<3).map { try PagedEstate.account($0) }
            try await test.store.read { reader in
                let past = try #require(try reader.scans(AccountFilter(accounts: ["acc0"])).dropFirst().first).id
                for scan in [nil, past] {
                    for (number, filter) in PagedEstate.filters.enumerated() {
                        if scan != nil, !filter.accounts.accounts.isEmpty { continue }
                        var list: [FindingRow] = []
                        try reader.findings(filter, at: scan) { list.append($0) }
                        #expect(Self.isOrdered(list, accounts), "filter \(number) at \(scan ?? "now")")
                        for size in 1...7 {
                            let (rows, pages) = try Self.pages(filter, at: scan, of: size, reader)
                            let same = rows == list
                            #expect(
                                same, "filter \(number) at \(scan ?? "now"): \(rows.count) of \(list.count) by \(size)")
                            #expect(pages <= list.count / size + 1)
                        }
                        let count = try reader.findingCount(filter, at: scan)
                        #expect(count == FindingCount(count: Int64(list.count), isExact: true), "filter \(number)")
                    }
                }
            }
        }
    }

    @Test("a filter gives the findings that match one by one", arguments: StorePlace.allCases)
    func filters(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await PagedEstate.fill(test, seed: 53)
            try await test.store.read { reader in
                var all: [FindingRow] = []
                try reader.findings(FindingFilter()) { all.append($0) }
                #expect(Set(all.map(\.account)).count == 3 && Set(all.map(\.source)).count == 2)
                var hits = 0
                for (number, filter) in PagedEstate.filters.enumerated() where filter.deltas.isEmpty {
                    var rows: [FindingRow] = []
                    try reader.findings(filter) { rows.append($0) }
                    let same = rows == all.filter { Self.matches($0, filter) }
                    #expect(same, "filter \(number)")
                    if rows.count > 3 { hits += 1 }
                }
                #expect(hits > 10)
            }
        }
    }

    /// The filters of ``PagedEstate`` without deltas, said once more in plain words.
    private static func matches(_ row: FindingRow, _ filter: FindingFilter) -> Bool {
        func glob(_ patterns: [String], _ texts: String...) -> Bool {
            patterns.isEmpty
                || patterns.contains { pattern in
                    texts.contains { text in
                        pattern == text || pattern == "c*" && text.first == "c"
                            || pattern == "u?" && text.count == 2 && text.first == "u"
                    }
                }
        }
        let regions = row.regions.isEmpty ? [""] : row.regions
        return (filter.accounts.accounts.isEmpty || filter.accounts.accounts.contains(row.account.uid))
            && (filter.statuses.isEmpty || filter.statuses.contains(row.status))
            && (filter.severities.isEmpty || filter.severities.contains(row.severity))
            && glob(filter.checks, row.check.check) && glob(filter.services, row.check.service)
            && (filter.regions.isEmpty || regions.contains(where: filter.regions.contains))
            && glob(filter.resources, row.resource.uid, row.resource.name)
            && filter.tags.allSatisfy { tag in
                row.resource.tags.contains { $0.key == tag.key && (tag.value == nil || tag.value == $0.value) }
            }
            && (filter.muted == nil || filter.muted == row.muted)
            && (filter.search == nil
                || [row.detail, row.check.check, row.check.title].contains {
                    $0.lowercased().contains("e")
                })
    }

    @Test("the streaming form goes on where a limit has cut it")
    func limits() async throws {
        try await TestStore.with(.sqlite) { test in
            try await PagedEstate.fill(test, seed: 54)
            try await test.store.read { reader in
                var all: [FindingRow] = []
                #expect(try reader.findings(FindingFilter()) { all.append($0) } == nil)
                var rows: [FindingRow] = []
                var cursor: FindingCursor?
                repeat {
                    cursor = try reader.findings(FindingFilter(), after: cursor, limit: 5) { rows.append($0) }
                } while cursor != nil && rows.count <= all.count
                let same = rows == all
                #expect(same)
                #expect(try reader.findings(FindingFilter(), limit: all.count) { _ in } == nil)
            }
        }
    }
}
