import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

@Suite("The road: differences")
struct DiffTests {
    private static let day: Int64 = 86_400_000

    private func kinds(_ test: TestStore, from: String?, to: String?) async throws -> [String: [DiffRow.Kind]] {
        try await test.store.read { reader in
            var kinds: [String: [DiffRow.Kind]] = [:]
            try reader.diff(from: from, to: to, account: AccountFilter()) { row in
                kinds[row.finding.fingerprint, default: []].append(row.kind)
            }
            return kinds
        }
    }

    private func expectEqual(
        _ found: [String: [DiffRow.Kind]], _ expected: [String: [DiffRow.Kind]], _ context: String
    ) {
        for key in Set(found.keys).union(expected.keys).sorted() where found[key] != expected[key] {
            Issue.record("\(context): \(found[key] ?? []) instead of \(expected[key] ?? [])")
            return
        }
    }

    @Test("every pair of scans of random estates", arguments: [21, 22, 23, 24] as [UInt64])
    func pairs(seed: UInt64) async throws {
        try await TestStore.with { test in
            let estate = RandomEstate(seed: seed, scans: 4)
            var reference = Reference()
            var scans: [String] = []
            for (number, statements) in estate.scans.enumerated() {
                let time = Int64(number) * Self.day
                reference.scan(statements, at: time)
                scans.append(try await test.run(statements, at: time).scan.id)
                self.expectEqual(
                    try await self.kinds(test, from: nil, to: nil), try reference.diff(from: number - 1, to: number),
                    "seed \(seed), last two at scan \(number)")
            }
            for from in scans.indices {
                for to in scans.indices where to > from {
                    let expected = try reference.diff(from: from, to: to)
                    let found = try await self.kinds(test, from: scans[from], to: scans[to])
                    self.expectEqual(found, expected, "seed \(seed), \(from) to \(to)")
                    // The order in which the scans are named does not matter.
                    #expect(try await self.kinds(test, from: scans[to], to: scans[from]) == found)
                }
            }
        }
    }

    /// What a scan could not read may have been in it: nobody knows about the rest of that check.
    @Test("an unusable statement makes what was not seen of its check unknown", arguments: ["c0", ""])
    func rejected(check: String) async throws {
        try await TestStore.with { test in
            let statements = [Statement(uid: "a"), Statement(uid: "b")]
            try await test.run(statements, at: 1)
            let rejection = Rejection(place: "line 1", field: "status", message: "unknown", check: check)
            let report = try await test.run([statements[0]], at: 2, rejections: [rejection])
            #expect(report.scan.state == .completedWithGaps)
            #expect(report.scan.counts.outside == 1 && report.scan.counts.gone == 0)
            let unseen = try Reference.Key(statements[1]).fingerprint
            let kinds = try await self.kinds(test, from: nil, to: nil)
            #expect(kinds[unseen] == [.unknown])
        }
    }

    @Test("a finding that changes back is no difference")
    func changedBack() async throws {
        try await TestStore.with { test in
            var scans: [String] = []
            for (number, detail) in ["a", "b", "a"].enumerated() {
                scans.append(try await test.run([Statement(detail: detail)], at: Int64(number)).scan.id)
            }
            #expect(try await self.kinds(test, from: scans[0], to: scans[2]).isEmpty)
            #expect(try await self.kinds(test, from: scans[1], to: scans[2]).count == 1)
        }
    }
}
