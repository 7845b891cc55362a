import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Pages of differences")
struct DiffPagingTests {
    @Test("pages of every size are the list", arguments: StorePlace.allCases, [61, 62] as [UInt64])
    func pagesAreTheList(place: StorePlace, seed: UInt64) async throws {
        try await TestStore.with(place) { test in
            try await PagedEstate.fill(test, seed: seed)
            try await test.store.read { reader in
                let scans = try reader.scans(AccountFilter(accounts: ["acc1"])).map(\.id)
                var kinds: Set<DiffRow.Kind> = []
                for (from, to) in [(nil, nil), (scans[2], scans[0]), (scans[2], scans[1])] as [(String?, String?)] {
                    var list: [DiffRow] = []
                    let header = try reader.diff(from: from, to: to, account: AccountFilter()) { list.append($0) }
                    kinds.formUnion(list.map(\.kind))
                    for size in 1...7 {
                        var rows: [DiffRow] = []
                        var cursor: DiffCursor?
                        var pages = 0
                        repeat {
                            let page = try reader.diff(
                                from: from, to: to, account: AccountFilter(), after: cursor, limit: size)
                            #expect(page.rows.count <= size && page.header == header)
                            rows += page.rows
                            cursor = try page.next.map { try DiffCursor($0.description) }
                            pages += 1
                        } while cursor != nil && pages < 1_000
                        let same = rows == list
                        #expect(same, "\(rows.count) of \(list.count) by \(size)")
                    }
                    let parts = list.map { $0.kind == .unknown ? 2 : $0.statusAfter == nil ? 1 : 0 }
                    if from != nil { #expect(parts == parts.sorted()) }
                }
                #expect(kinds.count >= 6)
            }
        }
    }
}
