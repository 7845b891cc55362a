import MartletCore
import MartletPolicy
import Testing

/// Every combination of having or not having each kind of finding, with each coverage given: one check each.
private func everyCheck(_ coverages: [[CoverageState]]) -> NaiveInput {
    var input = NaiveInput(checkCount: coverages.count * 64, regionCount: 1)
    for (group, coverage) in coverages.enumerated() {
        for bits in 0..<64 {
            let check = group * 64 + bits
            for (index, status) in [Status.pass, .fail, .manual].enumerated() {
                for muted in [false, true] where bits >> (index * 2 + (muted ? 1 : 0)) & 1 == 1 {
                    input.findings.append(NaiveFinding(check: check, region: 0, status: status, muted: muted))
                }
            }
            for state in coverage { input.coverage.append((check: check, region: 0, state: state)) }
        }
    }
    return input
}

private func rows(_ framework: CompiledFramework, _ grid: TallyGrid) -> [ComplianceRow] {
    var rows: [ComplianceRow] = []
    ComplianceEvaluator.evaluate(framework, grid: grid) { rows.append($0) }
    return rows
}

@Suite struct ComplianceEvaluatorTests {
    @Test("One check: all tallies × all coverages of up to two states × a violated constraint × missing checks")
    func exhaustiveOneCheck() throws {
        let states = CoverageState.allCases
        let coverages: [[CoverageState]] =
            [[]] + states.flatMap { first in states.filter { $0.rawValue >= first.rawValue }.map { [first, $0] } }
        let input = everyCheck(coverages)
        let requirements = (0..<input.checkCount).flatMap { check in
            [
                CompiledRequirement(checks: [Int32(check)]),
                CompiledRequirement(checks: [Int32(check)], missing: 2, violatedChecks: [Int32(check)]),
            ]
        }
        let found = rows(CompiledFramework(requirements: requirements), try input.grid())
        #expect(found.count == requirements.count)
        var byCheck = [NaiveInput](
            repeating: NaiveInput(checkCount: input.checkCount, regionCount: 1), count: input.checkCount)
        for finding in input.findings { byCheck[finding.check].findings.append(finding) }
        for item in input.coverage { byCheck[item.check].coverage.append(item) }
        for (number, row) in found.enumerated() {
            let check = Int(requirements[number].checks[0])
            let expected = naiveRow(requirements[number], number: number, region: 0, byCheck[check])
            if row != expected { Issue.record("\(row) ≠ \(expected)") }
        }
    }

    @Test("Two checks: all pairs of tallies and coverages, constraints violated on either")
    func exhaustivePairs() throws {
        let input = everyCheck([[], [.noResources], [.errored], [.unsupported]])
        var byCheck = [NaiveInput](
            repeating: NaiveInput(checkCount: input.checkCount, regionCount: 1), count: input.checkCount)
        for finding in input.findings { byCheck[finding.check].findings.append(finding) }
        for item in input.coverage { byCheck[item.check].coverage.append(item) }
        var requirements: [CompiledRequirement] = []
        for first in 0..<input.checkCount {
            for second in stride(from: first, to: input.checkCount, by: 3) {
                let violated = [[], [Int32(first)], [Int32(second)]][(first + second) % 3]
                requirements.append(
                    CompiledRequirement(
                        checks: [Int32(second), Int32(first)], missing: Int32(second % 2), violatedChecks: violated))
            }
        }
        let found = rows(CompiledFramework(requirements: requirements), try input.grid())
        #expect(found.count == requirements.count)
        for (number, row) in found.enumerated() {
            var both = NaiveInput(checkCount: input.checkCount, regionCount: 1)
            for check in requirements[number].checks {
                both.findings += byCheck[Int(check)].findings
                both.coverage += byCheck[Int(check)].coverage
            }
            let expected = naiveRow(requirements[number], number: number, region: 0, both)
            if row != expected { Issue.record("\(row) ≠ \(expected)") }
        }
    }

    @Test("Several regions and frameworks of many checks, in order", arguments: 1...20)
    func regions(seed: UInt64) throws {
        var random = Deterministic(state: seed)
        var input = NaiveInput(checkCount: 6, regionCount: Int.random(in: 1...5, using: &random))
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            input.findings.append(
                NaiveFinding(
                    check: Int.random(in: 0..<6, using: &random),
                    region: Int.random(in: 0..<input.regionCount, using: &random),
                    status: Status(rawValue: Int.random(in: 0...2, using: &random)) ?? .fail,
                    muted: Bool.random(using: &random)))
        }
        for _ in 0..<Int.random(in: 0...10, using: &random) {
            input.coverage.append(
                (
                    check: Int.random(in: 0..<6, using: &random),
                    region: Int.random(in: 0..<input.regionCount, using: &random),
                    state: CoverageState(rawValue: Int.random(in: 1...7, using: &random)) ?? .evaluated
                ))
        }
        let requirements = (0..<30).map { _ in
            CompiledRequirement(
                checks: (0..<Int.random(in: 0...5, using: &random)).map { _ in Int32.random(in: 0..<6, using: &random)
                },
                missing: Int32.random(in: 0...2, using: &random),
                violatedChecks: Bool.random(using: &random) ? [Int32.random(in: 0..<6, using: &random)] : [])
        }
        let expected = requirements.enumerated().flatMap { number, requirement in
            (0..<input.regionCount).map { naiveRow(requirement, number: number, region: $0, input) }
        }
        let grid = try input.grid()
        #expect(rows(CompiledFramework(requirements: requirements), grid) == expected)

        var summary = FrameworkSummary(requirementCount: requirements.count)
        for row in expected.reversed() { summary.add(row) }
        for number in requirements.indices {
            let statuses = expected.filter { $0.requirement == Int32(number) }.map(\.status)
            #expect(summary.statuses[number] == RequirementStatus.rollUp(statuses))
        }
        for status in RequirementStatus.allCases {
            #expect(summary.count(status) == summary.statuses.count { $0 == status })
        }
        #expect(summary.total == 30)
        let parts = [summary.passed, summary.failed, summary.manual, summary.error, summary.incomplete, summary.muted]
        #expect(parts.reduce(summary.notEvaluated, +) == 30)
    }

    @Test func indexesOutsideTheGridCountAsMissing() throws {
        var grid = try TallyGrid(checkCount: 1, regionCount: 1)
        grid[check: 0, region: 0].passed = 3
        let requirement = CompiledRequirement(checks: [0, 7, -1, 0], violatedChecks: [9, -4])
        let found = rows(CompiledFramework(requirements: [requirement]), grid)
        #expect(found.map(\.status) == [.pass])
        #expect(found.map(\.totalChecks) == [3])
        #expect(found.map(\.evaluatedChecks) == [1])
    }

    @Test func negativeAndHugeCounts() throws {
        var grid = try TallyGrid(checkCount: 2, regionCount: 1)
        grid[check: 0, region: 0] = CheckTally(passed: .max, failed: .max, manual: -5)
        grid[check: 1, region: 0] = CheckTally(passed: -1, failed: -1)
        let found = rows(CompiledFramework(requirements: [CompiledRequirement(checks: [0, 1])]), grid)
        #expect(found.map(\.totalFindings) == [2 * Int(Int32.max)])
        #expect(found.map(\.failedChecks) == [1])
        grid[check: 0, region: 0].add(.pass, muted: false)
        #expect(grid[check: 0, region: 0].passed == .max)
    }

    @Test func muteThenUnmuteRestoresEveryRow() throws {
        var input = NaiveInput(
            findings: [
                NaiveFinding(check: 0, region: 0, status: .fail, muted: false),
                NaiveFinding(check: 1, region: 1, status: .pass, muted: false),
            ], checkCount: 2, regionCount: 2)
        let framework = CompiledFramework(requirements: [CompiledRequirement(checks: [0, 1])])
        let before = rows(framework, try input.grid())
        input.findings[0].muted = true
        #expect(rows(framework, try input.grid()).map(\.status) == [.muted, .pass])
        input.findings[0].muted = false
        #expect(rows(framework, try input.grid()) == before)
        #expect(before.map(\.status) == [.fail, .pass])
    }

    @Test func anErrorOfTheBodyEndsTheEvaluation() throws {
        let grid = try TallyGrid(checkCount: 1, regionCount: 5)
        let framework = CompiledFramework(requirements: [CompiledRequirement(checks: [0])])
        var seen = 0
        #expect(throws: MartletError.self) {
            try ComplianceEvaluator(grid: grid).evaluate(framework) { _ in
                seen += 1
                if seen == 2 { throw MartletError(.io, "full") }
            }
        }
        #expect(seen == 2)
    }
}
