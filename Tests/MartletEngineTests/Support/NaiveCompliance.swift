import MartletCore
import MartletStore

/// Compliance from a list of findings, word for word as the rules are written; slow and plain.
struct NaiveCompliance {
    struct Requirement {
        var id: String
        var checks: [String]
        /// Checks whose configuration constraint is violated.
        var violated: [String] = []
        var level = 0
        var weight = 0
    }

    struct Row: Hashable {
        var requirement: String
        var region: String
        var status: String
        var passedChecks = 0
        var failedChecks = 0
        var evaluatedChecks = 0
        var totalChecks = 0
        var passedFindings = 0
        var totalFindings = 0

        init(
            _ requirement: Requirement, _ region: String, _ status: String, passed: Int, failed: Int, evaluated: Int,
            passedFindings: Int, totalFindings: Int
        ) {
            self.requirement = requirement.id
            self.region = region
            self.status = status
            passedChecks = passed
            failedChecks = failed
            evaluatedChecks = evaluated
            totalChecks = requirement.checks.count
            self.passedFindings = passedFindings
            self.totalFindings = totalFindings
        }

        init(_ row: ComplianceRequirementRow) {
            requirement = row.requirement
            region = row.region ?? "all"
            status = row.status
            passedChecks = Int(row.passedChecks)
            failedChecks = Int(row.failedChecks)
            evaluatedChecks = Int(row.evaluatedChecks)
            totalChecks = Int(row.totalChecks)
            passedFindings = Int(row.passedFindings)
            totalFindings = Int(row.totalFindings)
        }
    }

    let findings: [FindingRow]
    /// Regions of which a scan said anything.
    let covered: Set<String>

    /// Rows of a requirement in Martlet's terms; imports know no coverage but "inferred".
    func rows(_ requirement: Requirement) -> [Row] {
        let regions = Set(findings.flatMap(\.regions)).union(covered.filter { !$0.isEmpty })
        return regions.map { region in
            let here = findings.filter { $0.regions.contains(region) }
            func of(_ check: String) -> [FindingRow] { here.filter { $0.check.check == check } }
            let mapped = requirement.checks.map(of)
            let all = mapped.flatMap { $0 }
            let unmuted = all.filter { !$0.muted }
            let violated = requirement.violated.contains { of($0).contains { !$0.muted } }
            let status: String
            if requirement.checks.isEmpty {
                status = "MANUAL"
            } else if violated || unmuted.contains(where: { $0.status == .fail }) {
                status = "FAIL"
            } else if unmuted.contains(where: { $0.status == .manual }) {
                status = "MANUAL"
            } else if unmuted.contains(where: { $0.status == .pass }) {
                status = "PASS"
            } else {
                status = all.isEmpty ? "NOT_EVALUATED" : "MUTED"
            }
            return row(
                requirement, region, status, mapped, evaluated: mapped.count { !$0.isEmpty }, countsFindings: true)
        }
    }

    /// Rows of a requirement as Prowler has them.
    func prowlerRows(_ requirement: Requirement, countsFindings: Bool) -> [Row] {
        let counted = findings.filter { !$0.muted && $0.status != .manual }
        return Set(counted.flatMap(\.regions)).map { region in
            let mapped = requirement.checks.map { check in
                counted.filter { $0.check.check == check && $0.regions.contains(region) }
            }
            let failed = mapped.contains { $0.contains { $0.status == .fail } }
            let status = requirement.checks.isEmpty ? "MANUAL" : failed ? "FAIL" : "PASS"
            return row(
                requirement, region, status, mapped, evaluated: mapped.count { !$0.isEmpty },
                countsFindings: countsFindings)
        }
    }

    private func row(
        _ requirement: Requirement, _ region: String, _ status: String, _ mapped: [[FindingRow]], evaluated: Int,
        countsFindings: Bool
    ) -> Row {
        let unmuted = mapped.map { $0.filter { !$0.muted } }
        let failed = unmuted.count { $0.contains { $0.status == .fail } }
        let touched = unmuted.count { $0.contains { $0.status != .manual } }
        let flat = unmuted.flatMap { $0 }
        let passedFindings = flat.count { $0.status == .pass }
        return Row(
            requirement, region, status, passed: touched - failed, failed: failed, evaluated: evaluated,
            passedFindings: countsFindings ? passedFindings : 0,
            totalFindings: countsFindings ? passedFindings + flat.count { $0.status == .fail } : 0)
    }

    /// The score by the formula, over the whole account; nil when nothing was evaluated.
    func score(_ requirements: [Requirement]) -> Double? {
        var (above, below) = (0.0, 0.0)
        var evaluated = false
        for requirement in requirements {
            let own = findings.filter { !$0.muted && requirement.checks.contains($0.check.check) }
            let passed = own.count { $0.status == .pass }
            let total = passed + own.count { $0.status == .fail }
            guard total > 0 else { continue }
            evaluated = true
            let factor = Double(requirement.weight) * (1 + 0.25 * Double(requirement.level))
            above += Double(passed) * factor
            below += Double(total) * factor
        }
        guard evaluated else { return nil }
        return below == 0 ? 0 : (100 * above / below * 100).rounded(.toNearestOrAwayFromZero) / 100
    }
}

extension EstateFrameworks {
    /// What ``house`` says.
    static func houseRequirements(daysViolated: Bool) -> [NaiveCompliance.Requirement] {
        [
            .init(id: "A", checks: ["c0", "c1"]), .init(id: "B", checks: ["c2", "unknown_check"]),
            .init(id: "C", checks: []), .init(id: "D", checks: ["unknown_check"]),
            .init(id: "E", checks: ["c3"], violated: daysViolated ? ["c3"] : []),
        ]
    }

    /// What ``score`` says of AWS.
    static let scoreRequirements: [NaiveCompliance.Requirement] = [
        .init(id: "S1", checks: ["c0", "c4"], level: 5, weight: 1000),
        .init(id: "S2", checks: ["c1"], level: 2, weight: 8),
        .init(id: "S3", checks: ["c2", "c3"], level: 4, weight: 100),
    ]
}
