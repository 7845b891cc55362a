import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("CoverageScope")
struct CoverageScopeTests {
    /// Sets of regions by number; region 0 is the one without a name.
    private static let members: [Int64: [Int64]] = [10: [0], 11: [1], 12: [2], 13: [1, 2]]
    private static let pairs: [CheckRegions] = [1, 2].flatMap { check in
        members.keys.sorted().map { CheckRegions(check: check, regions: $0) }
    }

    /// The rule in plain words: pairs of check and region.
    private static func covered(
        _ scope: ImportScope, _ stated: Set<CheckRegions>, open: [CheckRegions]
    ) -> Set<[Int64]> {
        func spread(_ pairs: some Sequence<CheckRegions>) -> Set<[Int64]> {
            Set(pairs.flatMap { pair in (members[pair.regions] ?? []).map { [pair.check, $0] } })
        }
        let observed = spread(stated)
        if scope == .observed { return observed }
        let regions = Set(observed.map { $0[1] })
        let matrix = Set(Set(observed.map { $0[0] }).flatMap { check in regions.map { [check, $0] } })
        return scope == .matrix ? matrix : matrix.union(spread(open))
    }

    @Test("every small scan, in the three scopes", arguments: ImportScope.allCases)
    func exhaustive(scope: ImportScope) throws {
        for bits in 0..<(1 << Self.pairs.count) {
            let stated = Set(Self.pairs.indices.filter { bits >> $0 & 1 == 1 }.map { Self.pairs[$0] })
            // What is open is either nothing or everything: coverage by open findings must not depend on one another.
            for open in [[], Self.pairs] {
                var coverage = CoverageScope(
                    scope, stated: stated, members: Self.members, unreliable: [], unreliableAtAll: false)
                for pair in open { coverage.add(openCheck: pair.check, regions: pair.regions) }
                let expected = Self.covered(scope, stated, open: open)
                let entries = try coverage.entries(source: 7)
                guard Set(entries.map { [$0.check, $0.region] }) == expected, entries.count == expected.count else {
                    Issue.record("\(scope) \(stated): \(entries.count) entries instead of \(expected.count)")
                    return
                }
                #expect(entries.allSatisfy { $0.source == 7 && $0.state == .inferred })
                let text = try ScanCoverage(text: coverage.text(unseen: []))
                for pair in open {
                    let regions = Self.members[pair.regions] ?? []
                    let closes = regions.allSatisfy { expected.contains([pair.check, $0]) }
                    #expect(coverage.closes(check: pair.check, regions: pair.regions) == closes)
                    #expect(text.covers(check: pair.check, regions: regions) == closes)
                }
            }
        }
    }

    @Test(
        "limits: nothing outside of them is covered, and what is stated outside covers nothing",
        arguments: ImportScope.allCases)
    func limits(scope: ImportScope) throws {
        let names: [Int64: String] = [0: "", 1: "r1", 2: "r2"]
        let filters = [
            ScanFilters(checks: ["c1"]), ScanFilters(regions: ["r2"]), ScanFilters(checks: ["c2"], regions: ["r1"]),
            ScanFilters(services: ["S2"]), ScanFilters(checks: ["c1"], services: ["s2"]),
        ]
        for filter in filters {
            let limits = CoverageLimits(filter, checks: [1: "c1", 2: "c2"], regions: names) { number, _ in "s\(number)"
            }
            func admits(_ pair: [Int64]) -> Bool {
                let check = filter.checks.isEmpty || filter.checks == ["c\(pair[0])"]
                let service = filter.services.isEmpty || filter.services.first?.lowercased() == "s\(pair[0])"
                return check && service && (filter.regions.isEmpty || filter.regions == ["r\(pair[1])"])
            }
            for bits in 0..<(1 << Self.pairs.count) {
                let stated = Set(Self.pairs.indices.filter { bits >> $0 & 1 == 1 }.map { Self.pairs[$0] })
                var coverage = CoverageScope(
                    scope, stated: stated, members: Self.members, unreliable: [], unreliableAtAll: false, limits: limits
                )
                for pair in Self.pairs { coverage.add(openCheck: pair.check, regions: pair.regions) }
                let observed = Self.covered(.observed, stated, open: []).filter(admits)
                var expected = observed
                if scope != .observed {
                    for pair in observed { for other in observed { expected.insert([pair[0], other[1]]) } }
                }
                if scope == .full { expected.formUnion(Self.covered(.full, [], open: Self.pairs).filter(admits)) }
                let entries = Set(try coverage.entries(source: 7).map { [$0.check, $0.region] })
                guard entries == expected, expected.allSatisfy(admits) else {
                    Issue.record(
                        "\(scope) \(filter.json.text) \(stated): \(entries.count) instead of \(expected.count)")
                    return
                }
                for pair in Self.pairs {
                    let regions = Self.members[pair.regions] ?? []
                    let isCovered = regions.allSatisfy { expected.contains([pair.check, $0]) }
                    #expect(coverage.closes(check: pair.check, regions: pair.regions) == isCovered)
                }
            }
        }
    }

    @Test("an unusable statement keeps the findings of its check", arguments: ImportScope.allCases)
    func unreliable(scope: ImportScope) {
        var coverage = CoverageScope(
            scope, stated: Set(Self.pairs), members: Self.members, unreliable: [2], unreliableAtAll: false)
        for pair in Self.pairs { coverage.add(openCheck: pair.check, regions: pair.regions) }
        for pair in Self.pairs {
            #expect(coverage.closes(check: pair.check, regions: pair.regions) == (pair.check == 1))
        }
    }

    @Test("an unusable statement without a check keeps every finding", arguments: ImportScope.allCases)
    func unreliableAtAll(scope: ImportScope) {
        let coverage = CoverageScope(
            scope, stated: Set(Self.pairs), members: Self.members, unreliable: [], unreliableAtAll: true)
        for pair in Self.pairs { #expect(!coverage.closes(check: pair.check, regions: pair.regions)) }
    }

    @Test("too much coverage is refused, not written", arguments: [ImportScope.full, .matrix])
    func limit(scope: ImportScope) {
        var members: [Int64: [Int64]] = [:]
        var stated: Set<CheckRegions> = []
        for number in 0..<1_500 as Range<Int64> {
            members[number] = [number]
            stated.insert(CheckRegions(check: number, regions: number))
        }
        let coverage = CoverageScope(
            scope, stated: stated, members: members, unreliable: [], unreliableAtAll: false)
        #expect(throws: MartletError.self) { try coverage.entries(source: 1) }
    }
}
