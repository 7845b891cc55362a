import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Pages while scans are published")
struct PagingDuringScansTests {
    /// Findings of which those with an even number never change.
    private static func statements(_ scan: Int) -> [Statement] {
        (0..<60).filter { $0 % 2 == 0 || ($0 + scan) % 7 != 0 }.map { number in
            Statement(
                check: "c\(number % 4)", uid: "u\(number)",
                status: number % 2 == 0 ? (number % 4 == 0 ? .fail : .pass) : Status.allCases[(number + scan) % 3],
                severity: number % 2 == 0 ? .high : Severity.allCases[(number + scan) % 5],
                detail: number % 2 == 0 ? "d" : "scan \(scan)")
        }
    }

    @Test("every page is of one posture, and what holds all the time is shown once", arguments: StorePlace.allCases)
    func wholePages(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            var scan = 0
            func publish() async throws {
                try await PagedEstate.run(Self.statements(scan), 0, Int64(scan) * PagedEstate.day, test)
                scan += 1
            }
            try await publish()
            for size in [1, 3, 7] {
                var seen: [String: Int] = [:]
                var cursor: FindingCursor?
                repeat {
                    let current = scan - 1
                    let after = cursor
                    let page = try await test.store.read { try $0.findings(FindingFilter(), after: after, limit: size) }
                    for row in page.rows {
                        seen[row.fingerprint, default: 0] += 1
                        #expect(row.detail == "d" || row.detail == "scan \(current)")
                        #expect(row.observedAt.milliseconds == Int64(current) * PagedEstate.day)
                    }
                    cursor = page.next
                    if seen.count % 3 == 0 { try await publish() }
                } while cursor != nil
                let steady = Self.statements(0).filter { $0.detail == "d" }
                for statement in steady {
                    let fingerprint = try PagingDuringScansTests.fingerprint(statement)
                    #expect(seen[fingerprint] == 1, "size \(size)")
                }
            }
            #expect(scan > 5)
        }
    }

    private static func fingerprint(_ statement: Statement) throws -> String {
        let identity = FindingIdentity(source: "prowler", account: try PagedEstate.account(0))
        var hasher = ContentHasher()
        return identity.fingerprint(
            prefix: identity.checkPrefix(statement.check), check: statement.check,
            regions: Names.setName(statement.regions), resource: statement.uid, discriminator: statement.name,
            hasher: &hasher
        ).hex
    }

    @Test("nothing of a scan that is still running is shown", arguments: StorePlace.allCases)
    func unpublished(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await PagedEstate.run(Self.statements(0), 0, 0, test)
            let before = try await test.findings()
            let other = try await test.openAgain()
            for account in [0, 1] {
                let source = MemorySource(
                    Self.statements(3), at: PagedEstate.day, batch: 20, account: try PagedEstate.account(account)
                ) { index in
                    guard index > 1 else { return }
                    let rows = try await other.read {
                        try PagingTests.pages(FindingFilter(), at: nil, of: 7, $0).rows
                    }
                    // What account 0 published first.
                    let same = rows.filter { $0.account.uid == "acc0" }.count == before.count || account == 1
                    #expect(same && rows.allSatisfy { $0.account.uid == "acc0" })
                }
                try await test.run(source)
            }
            await other.close()
        }
    }
}
