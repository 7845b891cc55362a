import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// The store against ``Reference``, over several scans of random estates.
@Suite("The road: against the reference")
struct ReferenceTests {
    static let seeds: [UInt64] = [11, 12, 13, 14, 15, 16, 17, 18]
    private static let day: Int64 = 86_400_000
    private static func time(_ scan: Int) -> Int64 { 1_700_000_000_000 + Int64(scan) * day }

    /// Imports the scans of an estate into both.
    private func play(
        _ seed: UInt64, _ test: TestStore, _ body: (Int, ImportReport, Reference) async throws -> Void
    ) async throws {
        let estate = RandomEstate(seed: seed, scans: 4)
        var reference = Reference()
        for (scan, statements) in estate.scans.enumerated() {
            let scope = ImportScope.allCases[(Int(seed) + scan) % 3]
            reference.scan(statements, at: Self.time(scan), scope: scope)
            let report = try await test.run(statements, at: Self.time(scan), batch: 13, scope: scope)
            try await body(scan, report, reference)
        }
    }

    @Test("counts, findings, resources and coverage", arguments: seeds)
    func current(seed: UInt64) async throws {
        try await TestStore.with { test in
            try await self.play(seed, test) { scan, report, reference in
                let context = Comment(rawValue: "seed \(seed), scan \(scan)")
                let expected = try #require(reference.snapshots.last)
                #expect(report.scan.counts == expected.counts, context)
                #expect(report.scan.state == .completed && report.scan.generation == Int64(scan + 1), context)
                #expect(report.hints.isEmpty == (expected.counts.outside == 0), context)
                try await self.compare(test, expected, at: nil, context)
                #expect(try await test.coverage(at: Int64(scan + 1)) == expected.coverage, context)
                #expect(report.scan.resources == Int64(expected.resources.count), context)
                #expect(report.scan.tags == Int64(expected.resources.values.map(\.tags.count).reduce(0, +)), context)
                try self.compare(report.summary, expected, context)
            }
        }
    }

    private func compare(
        _ test: TestStore, _ expected: Reference.Snapshot, at scan: String?, _ context: Comment
    ) async throws {
        let findings = try await test.findings(at: scan).map(SeenFinding.init)
        let wanted = try expected.seenFindings
        #expect(findings.count == wanted.count, context)
        #expect(Set(findings).subtracting(wanted) == [], context)
        let resources = try await test.resources(at: scan)
        #expect(resources.count == expected.resources.count, context)
        #expect(
            Set(resources.map { SeenResource($0.resource) })
                == Set(expected.resources.map { SeenResource(uid: $0, $1) }), context)
        for row in resources {
            let own = expected.findings.filter { $0.key.uid == row.resource.uid }.values
            #expect(row.findings == Int64(own.count), context)
            #expect(row.failedFindings == Int64(own.count { $0.said.status == .fail && !$0.said.muted }), context)
            #expect(row.firstSeenAt.milliseconds == expected.resources[row.resource.uid]?.firstSeen, context)
        }
    }

    private func compare(_ summary: PostureSummary, _ expected: Reference.Snapshot, _ context: Comment) throws {
        let unmuted = expected.findings.values.filter { !$0.said.muted }
        for status in Status.allCases {
            #expect(
                summary.byStatus[status] ?? 0 == Int64(unmuted.count { $0.said.status == status }), context)
        }
        for severity in Severity.allCases {
            let failed = unmuted.count { $0.said.status == .fail && $0.said.severity == severity }
            #expect(summary.failedBySeverity[severity] ?? 0 == Int64(failed), context)
        }
        #expect(summary.muted == expected.counts.muted && summary.total == Int64(expected.findings.count), context)
    }

    @Test("an old scan reads as it was, whatever came later", arguments: seeds.prefix(4))
    func history(seed: UInt64) async throws {
        try await TestStore.with { test in
            var scans: [String] = []
            var last = Reference()
            try await self.play(seed, test) { _, report, reference in
                scans.append(report.scan.id)
                last = reference
            }
            let muted = MuteRule(id: "m", checks: ["*"], reason: "later")
            for later in [false, true] {
                if later {
                    try await test.administration.addMute(muted)
                    try await EstateFrameworks.add(to: test)
                }
                for (number, scan) in scans.enumerated() where !(later && number == scans.count - 1) {
                    try await self.compare(
                        test, last.snapshots[number], at: scan, "seed \(seed), scan \(number), later \(later)")
                }
            }
            let current = try await test.findings(at: scans.last)
            #expect(current.allSatisfy { $0.muted })
        }
    }

    @Test("filters by delta find what the reference counts", arguments: seeds.prefix(4))
    func deltas(seed: UInt64) async throws {
        try await TestStore.with { test in
            try await self.play(seed, test) { scan, report, reference in
                let now = try #require(reference.snapshots.last)
                let goneFailing = now.gone.filter { $0.value.said.status == .fail }.keys
                for delta in FindingDelta.allCases {
                    var filter = FindingFilter()
                    filter.deltas = [delta]
                    let found = Set(try await test.findings(filter).map(\.fingerprint))
                    let expected: [Reference.Key] =
                        switch delta {
                        case .gone: Array(now.gone.keys)
                        case .resolved: Array(now.resolved) + goneFailing
                        case .reopened: Array(now.reopened)
                        default: now.findings.filter { $0.value.delta == delta }.map(\.key)
                        }
                    #expect(
                        found == Set(try expected.map { try $0.fingerprint }), "\(delta), seed \(seed), scan \(scan)")
                }
            }
        }
    }
}
