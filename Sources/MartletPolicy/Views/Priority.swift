import MartletCore

/// What to put right first: severity × affected resources × exposure, with the effort beside it.
///
///     priority = weight × affected × exposure        exposure = 1 + exposed ÷ affected
///
/// An exposed resource so counts twice, and the product is the whole number weight × (affected + exposed).
public struct Priority: Sendable, Hashable {
    /// What it was computed from.
    public let check: FailingCheck
    /// The weight of its severity (``SeverityWeight``).
    public let weight: Int64
    /// The product.
    public let priority: Int64
    /// What it takes. It does not change the order: what is dangerous stays so when it is laborious.
    public let effort: Effort

    /// The priority of a check.
    public init(_ check: FailingCheck) {
        self.check = check
        weight = SeverityWeight.of(check.severity)
        let exposed = min(max(check.exposed, 0), max(check.affected, 0))
        let (counted, tooMany) = max(check.affected, 0).addingReportingOverflow(exposed)
        let (product, tooLarge) = weight.multipliedReportingOverflow(by: counted)
        priority = tooMany || tooLarge ? .max : product
        effort = Effort(
            check.remedy, changesRights: check.categories.contains(FailingCheck.rights), affected: check.affected)
    }

    /// 1 to 2: 1 where nothing affected is exposed, 2 where all of it is.
    public var exposure: Double {
        check.affected > 0 ? 1 + Double(min(max(check.exposed, 0), check.affected)) / Double(check.affected) : 1
    }

    /// The product with its factors, for a person.
    public var explanation: String {
        "\(check.severity.name) \(weight) × (\(check.affected) affected + \(check.exposed) exposed) = \(priority)"
    }

    /// Checks in the order in which to put them right: by priority, then by severity, affected resources, less effort, and
    /// the check's id, so that the order never depends on anything else. Checks without an unmuted FAIL are left out.
    public static func ranked(_ checks: some Sequence<FailingCheck>) -> [Priority] {
        checks.filter { $0.findings > 0 }.map { Priority($0) }.sorted { left, right in
            if left.priority != right.priority { return left.priority > right.priority }
            if left.check.severity != right.check.severity { return left.check.severity > right.check.severity }
            if left.check.affected != right.check.affected { return left.check.affected > right.check.affected }
            if left.effort.points != right.effort.points { return left.effort.points < right.effort.points }
            return left.check.check < right.check.check
        }
    }
}
