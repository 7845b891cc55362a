import MartletCore
import MartletPolicy
import Testing

@Suite struct ProwlerTermsTests {
    private func rows(
        _ framework: CompiledFramework, _ input: NaiveInput, countsFindings: Bool
    ) throws -> [ProwlerComplianceRow] {
        var rows: [ProwlerComplianceRow] = []
        ProwlerTerms(grid: try input.grid()).evaluate(framework, countsFindings: countsFindings) { rows.append($0) }
        return rows
    }

    @Test("All sets of findings of two checks in two regions, all requirements over them")
    func exhaustive() throws {
        let requirements = [[], [0], [1], [0, 1]].flatMap { (checks: [Int32]) in
            [
                CompiledRequirement(checks: checks),
                CompiledRequirement(checks: checks, missing: 1, violatedChecks: checks),
            ]
        }
        let framework = CompiledFramework(requirements: requirements)
        let kinds: [(Status, Bool)] = [(.pass, false), (.fail, false), (.manual, false), (.fail, true)]
        let cells = [(0, 0), (0, 1), (1, 0), (1, 1)]
        for bits in 0..<(1 << 16) where bits % 7 == 0 || bits < 4096 {
            var input = NaiveInput(checkCount: 2, regionCount: 2)
            for (position, cell) in cells.enumerated() {
                for (kind, (status, muted)) in kinds.enumerated() where bits >> (position * 4 + kind) & 1 == 1 {
                    input.findings.append(
                        NaiveFinding(check: cell.0, region: cell.1, status: status, muted: muted))
                }
            }
            let counts = bits % 2 == 0
            let expected = naiveProwlerRows(framework, input, countsFindings: counts)
            let found = try rows(framework, input, countsFindings: counts)
            if found != expected { Issue.record("\(bits): \(found) ≠ \(expected)") }
        }
    }

    @Test func regionsComeFromChecksOutsideTheFrameworkToo() throws {
        let input = NaiveInput(
            findings: [
                NaiveFinding(check: 1, region: 2, status: .pass, muted: false),
                NaiveFinding(check: 0, region: 0, status: .manual, muted: false),
                NaiveFinding(check: 0, region: 1, status: .fail, muted: true),
            ], checkCount: 2, regionCount: 3)
        let framework = CompiledFramework(requirements: [CompiledRequirement(checks: [0])])
        let found = try rows(framework, input, countsFindings: true)
        #expect(found.map(\.region) == [2])
        #expect(found.map(\.status) == [.pass])
    }

    @Test func summary() throws {
        let input = NaiveInput(
            findings: [
                NaiveFinding(check: 0, region: 0, status: .pass, muted: false),
                NaiveFinding(check: 0, region: 1, status: .fail, muted: false),
            ], checkCount: 2, regionCount: 2)
        let framework = CompiledFramework(requirements: [[0], [1], []].map { CompiledRequirement(checks: $0) })
        var summary = ProwlerSummary(requirementCount: 3)
        #expect(summary.total == 0)
        for row in try rows(framework, input, countsFindings: false) { summary.add(row) }
        #expect(summary.statuses == [.fail, .pass, .manual])
        #expect([summary.failed, summary.passed, summary.manual, summary.total] == [1, 1, 1, 3])
    }

    @Test func onlyThreatScore1CountsFindings() {
        #expect(ProwlerTerms.countsFindings(framework: "ProwlerThreatScore", version: "1.0"))
        #expect(!ProwlerTerms.countsFindings(framework: "ProwlerThreatScore", version: "1.1"))
        #expect(!ProwlerTerms.countsFindings(framework: "CIS", version: "1.0"))
    }
}
