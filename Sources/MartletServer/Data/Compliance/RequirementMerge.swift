import MartletPolicy
import MartletStore

/// Rolls the requirements of one framework up over accounts: of statuses the one that counts more, of checks the largest
/// numbers, of findings the sums.
struct RequirementMerge {
    private var places: [String: Int] = [:]
    /// In the framework's order.
    private(set) var rows: [ComplianceRequirementRow] = []

    mutating func add(_ row: ComplianceRequirementRow) {
        guard let place = places[row.requirement] else {
            places[row.requirement] = rows.count
            rows.append(row)
            return
        }
        let statuses = [rows[place].status, row.status].compactMap { RequirementStatus(name: $0) }
        rows[place].status = RequirementStatus.rollUp(statuses).name
        rows[place].passedChecks = max(rows[place].passedChecks, row.passedChecks)
        rows[place].failedChecks = max(rows[place].failedChecks, row.failedChecks)
        rows[place].evaluatedChecks = max(rows[place].evaluatedChecks, row.evaluatedChecks)
        rows[place].totalChecks = max(rows[place].totalChecks, row.totalChecks)
        rows[place].passedFindings += row.passedFindings
        rows[place].totalFindings += row.totalFindings
    }
}
