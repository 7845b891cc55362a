import MartletCore
import MartletPolicy

/// A finding of the naive versions: one check, one region.
struct NaiveFinding {
    var check: Int
    var region: Int
    var status: Status
    var muted: Bool
}

/// The same inputs as the evaluator's, as plain lists.
struct NaiveInput {
    var findings: [NaiveFinding] = []
    var coverage: [(check: Int, region: Int, state: CoverageState)] = []
    var checkCount: Int
    var regionCount: Int

    func grid() throws -> TallyGrid {
        var grid = try TallyGrid(checkCount: checkCount, regionCount: regionCount)
        for finding in findings {
            grid[check: finding.check, region: finding.region].add(finding.status, muted: finding.muted)
        }
        for item in coverage { grid[check: item.check, region: item.region].coverage.insert(item.state) }
        return grid
    }
}

/// The table of the design read line by line, over lists, without any regard for speed.
func naiveRow(_ requirement: CompiledRequirement, number: Int, region: Int, _ input: NaiveInput) -> ComplianceRow {
    let mapped = Set(requirement.checks.map { Int($0) })
    let findings = input.findings.filter { $0.region == region && mapped.contains($0.check) }
    let coverage = input.coverage.filter { $0.region == region && mapped.contains($0.check) }
    let unmuted = findings.filter { !$0.muted }
    let failed = Set(unmuted.filter { $0.status == .fail }.map(\.check))
    let passed = Set(unmuted.filter { $0.status == .pass }.map(\.check)).subtracting(failed)
    let evaluated = Set(findings.map(\.check)).union(
        coverage.filter { $0.state == .evaluated || $0.state == .noResources }.map(\.check))
    let violated = input.findings.contains {
        $0.region == region && !$0.muted && requirement.violatedChecks.contains(Int32($0.check))
    }
    let total = mapped.count + Int(requirement.missing)

    func status() -> RequirementStatus {
        if total == 0 { return .manual }
        if unmuted.contains(where: { $0.status == .fail }) || violated { return .fail }
        if coverage.contains(where: { $0.state == .denied || $0.state == .errored }) { return .error }
        if coverage.contains(where: { $0.state == .skipped || $0.state == .unsupported }) { return .incomplete }
        if unmuted.contains(where: { $0.status == .manual }) { return .manual }
        if unmuted.contains(where: { $0.status == .pass }) { return .pass }
        if !findings.isEmpty { return .muted }
        return .notEvaluated
    }
    return ComplianceRow(
        requirement: Int32(number), region: Int32(region), status: status(), passedChecks: Int32(passed.count),
        failedChecks: Int32(failed.count), evaluatedChecks: Int32(evaluated.count), totalChecks: Int32(total),
        passedFindings: unmuted.count { $0.status == .pass },
        totalFindings: unmuted.count { $0.status == .pass || $0.status == .fail })
}

/// The study's steps over a list of findings: check status by region first, then a row for every region that has one.
func naiveProwlerRows(
    _ framework: CompiledFramework, _ input: NaiveInput, countsFindings: Bool
) -> [ProwlerComplianceRow] {
    var statusByRegion: [Int: [Int: Status]] = [:]
    for finding in input.findings where !finding.muted && finding.status != .manual {
        let known = statusByRegion[finding.region]?[finding.check]
        statusByRegion[finding.region, default: [:]][finding.check] = known == .fail ? .fail : finding.status
    }
    var rows: [ProwlerComplianceRow] = []
    for (number, requirement) in framework.requirements.enumerated() {
        for region in statusByRegion.keys.sorted() {
            let statuses = requirement.checks.compactMap { statusByRegion[region]?[Int($0)] }
            let failed = statuses.count { $0 == .fail }
            let total = requirement.checks.count + Int(requirement.missing)
            let findings = input.findings.filter {
                !$0.muted && $0.region == region && $0.status != .manual && requirement.checks.contains(Int32($0.check))
            }
            rows.append(
                ProwlerComplianceRow(
                    requirement: Int32(number), region: Int32(region),
                    status: total == 0 ? .manual : failed > 0 ? .fail : .pass,
                    passedChecks: Int32(statuses.count - failed), failedChecks: Int32(failed),
                    totalChecks: Int32(total),
                    passedFindings: countsFindings ? findings.count { $0.status == .pass } : 0,
                    totalFindings: countsFindings ? findings.count : 0))
        }
    }
    return rows
}

/// Numbers that are the same in every run.
struct Deterministic: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
