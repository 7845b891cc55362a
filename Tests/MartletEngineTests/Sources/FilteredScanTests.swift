import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A scan that was limited never closes what is outside of its limits.
@Suite("The road: limited scans")
struct FilteredScanTests {
    private static let checks = ["c0", "c1", "c2"]
    private static let regions: [[String]] = [["r0"], ["r1"], [], ["r0", "r1"]]
    private static let severities: [Severity] = [.low, .high]

    /// Each check, set of regions and severity once.
    private static var all: [Statement] {
        checks.flatMap { check in
            regions.flatMap { regions in
                severities.map {
                    Statement(check: check, regions: regions, uid: "\(check) \(regions) \($0)", severity: $0)
                }
            }
        }
    }

    private static func isInside(_ statement: Statement, _ filters: ScanFilters) -> Bool {
        (filters.checks.isEmpty || filters.checks.contains(statement.check))
            && (filters.services.isEmpty || filters.services == ["S"])
            && (filters.severities.isEmpty || filters.severities.contains(statement.severity))
            && (filters.regions.isEmpty
                || !statement.regions.isEmpty && statement.regions.allSatisfy(filters.regions.contains))
    }

    static let filters: [ScanFilters] = [
        ScanFilters(checks: ["c0"]), ScanFilters(checks: ["c0", "c2"], regions: ["r0"]), ScanFilters(regions: ["r1"]),
        ScanFilters(severities: [.high]), ScanFilters(services: ["S"]), ScanFilters(services: ["other"]),
        ScanFilters(checks: ["c1"], severities: [.low]), ScanFilters(checks: ["nothing"]),
    ]

    /// The statements that are open after a limited scan which stated something about another resource everywhere, as a
    /// scanner may that looks further than it was asked to.
    private static func open(after filters: ScanFilters, _ scope: ImportScope, _ test: TestStore) async throws -> Set<
        String
    > {
        try await test.run(all, at: 1)
        var options = ImportOptions()
        options.scope = scope
        options.filters = filters
        let said = checks.flatMap { check in regions.map { Statement(check: check, regions: $0, uid: "new") } }
        try await test.run(MemorySource(said, at: 2), options)
        return Set(try await test.findings().map(\.resource.uid)).subtracting(["new"])
    }

    @Test("what is outside of the filters stays open", arguments: filters, ImportScope.allCases)
    func outside(filters: ScanFilters, scope: ImportScope) async throws {
        try await TestStore.with(.sqlite) { test in
            let open = try await Self.open(after: filters, scope, test)
            for statement in Self.all where !Self.isInside(statement, filters) {
                #expect(open.contains(statement.uid), "\(statement.uid) was closed by \(filters.json.text)")
            }
        }
    }

    @Test("what is inside of the filters and not seen is gone, on both databases", arguments: StorePlace.allCases)
    func inside(place: StorePlace) async throws {
        for filters in [ScanFilters(checks: ["c0"], regions: ["r0"]), ScanFilters(services: ["S"], regions: ["r1"])] {
            try await TestStore.with(place) { test in
                let open = try await Self.open(after: filters, .matrix, test)
                let services = ScanFilters(checks: filters.checks, regions: filters.regions)
                let expected = Self.all.filter { !Self.isInside($0, services) }.map(\.uid)
                #expect(open == Set(expected))
            }
        }
    }

    @Test("a severity that is left out keeps the checks that have it, and a diff says that they are unknown")
    func severities() async throws {
        try await TestStore.with { test in
            let low = Statement(check: "c0", uid: "low", severity: .low)
            let high = [
                Statement(check: "c0", uid: "a", severity: .high), Statement(check: "c1", uid: "b", severity: .high),
            ]
            try await test.run([low] + high, at: 1)
            var options = ImportOptions()
            options.filters = ScanFilters(severities: [.high])
            let said = ["c0", "c1"].map { Statement(check: $0, uid: "new", severity: .high) }
            let report = try #require(try await test.run(MemorySource(said, at: 2), options).first)
            let open = Set(try await test.findings().map(\.resource.uid))
            #expect(open == ["low", "a", "new"], "c1 has nothing of another severity")
            #expect(report.scan.counts.gone == 1 && report.scan.counts.outside == 2)
            let unknown = try await test.store.read { reader in
                var rows: [String] = []
                _ = try reader.diff(from: nil, to: nil, account: AccountFilter()) { row in
                    if row.kind == .unknown { rows.append(row.finding.resource.uid) }
                }
                return rows
            }
            #expect(Set(unknown) == ["low", "a"])
        }
    }

    @Test("two limited scans do not close each other's findings", arguments: StorePlace.allCases)
    func twoScans(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            for (time, check) in [(1, "c0"), (2, "c1"), (3, "c0"), (4, "c1")] as [(Int64, String)] {
                var options = ImportOptions()
                options.scope = .full
                options.filters = ScanFilters(checks: [check])
                let said = [Statement(check: check, uid: "u"), Statement(check: check, uid: "at \((time - 1) / 2)")]
                try await test.run(MemorySource(said, at: time), options)
            }
            let open = try await test.findings().map { "\($0.check.check) \($0.resource.uid)" }
            #expect(Set(open) == ["c0 u", "c0 at 1", "c1 u", "c1 at 1"] && open.count == 4)
        }
    }
}
