import MartletCore
import MartletPolicy

/// Rolls rows of one framework up over regions.
struct RequirementRollUp {
    var terms = ComplianceTerms.martlet
    private let framework: Framework
    private let account: AccountKey
    private var sums: [Int: ComplianceRequirementRow] = [:]
    private var statuses: [Int: RequirementStatus] = [:]

    init(framework: Framework, account: AccountKey) {
        self.framework = framework
        self.account = account
    }

    /// Takes in a row. Findings add up over regions; of checks the largest number in a region is kept, because one check
    /// in two regions is one check.
    mutating func add(_ row: ComplianceRequirementRow, position: Int, status: RequirementStatus) {
        guard var sum = sums[position], let known = statuses[position] else {
            var first = row
            first.region = nil
            sums[position] = first
            statuses[position] = terms == .prowler ? ProwlerTerms.merged(nil, status) : status
            return
        }
        sum.passedChecks = max(sum.passedChecks, row.passedChecks)
        sum.failedChecks = max(sum.failedChecks, row.failedChecks)
        sum.evaluatedChecks = max(sum.evaluatedChecks, row.evaluatedChecks)
        sum.passedFindings += row.passedFindings
        sum.totalFindings += row.totalFindings
        sums[position] = sum
        statuses[position] = terms == .prowler ? ProwlerTerms.merged(known, status) : min(known, status)
    }

    /// The rows in the framework's order. A requirement without a row in any region was not evaluated.
    var rows: [ComplianceRequirementRow] {
        framework.requirements.enumerated().compactMap { position, requirement in
            guard var row = sums[position], let status = statuses[position] else {
                guard terms == .martlet else { return nil }
                let checks = Set(requirement.checks(for: account.provider)).count
                return ComplianceRequirementRow(
                    account: account, framework: framework.id, version: framework.version,
                    requirement: requirement.id, description: requirement.description, region: nil,
                    status: (checks == 0 ? RequirementStatus.manual : .notEvaluated).name, passedChecks: 0,
                    failedChecks: 0, evaluatedChecks: 0, totalChecks: Int64(checks), passedFindings: 0,
                    totalFindings: 0)
            }
            row.status = status.name
            return row
        }
    }
}
