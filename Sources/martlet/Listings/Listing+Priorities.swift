import MartletCore
import MartletPolicy

/// A row of `martlet priorities`.
struct PriorityView: Sendable {
    /// From 1.
    var rank: Int
    var priority: Priority
}

extension Listing where Row == PriorityView {
    /// `martlet priorities`.
    static var priorities: Listing {
        Listing(
            columns: [
                Column("RANK", right: true) { String($0.rank) },
                Column("PRIORITY", right: true, style: { _ in .bold }) { Quantity.grouped($0.priority.priority) },
                Column("CHECK", flexible: true) { $0.priority.check.check },
                Column("SEVERITY", style: { .severity($0.priority.check.severity) }) {
                    "\($0.priority.check.severity.name) \($0.priority.weight)"
                },
                Column("AFFECTED", right: true) { Quantity.grouped($0.priority.check.affected) },
                Column("EXPOSED", right: true) { Quantity.grouped($0.priority.check.exposed) },
                Column("EFFORT") { effort($0.priority.effort) },
                Column("ACCOUNTS", right: true) { Quantity.grouped($0.priority.check.accounts) },
                Column("FAILING SINCE") { CellText.time($0.priority.check.failingSince) },
                Column("TITLE", flexible: true) { $0.priority.check.title },
            ],
            fields: [
                ("rank", { String($0.rank) }), ("check", { $0.priority.check.check }),
                ("title", { $0.priority.check.title }), ("service", { $0.priority.check.service }),
                ("providers", { $0.priority.check.providers.sorted().joined(separator: " ") }),
                ("priority", { String($0.priority.priority) }), ("severity", { $0.priority.check.severity.name }),
                ("severity_weight", { String($0.priority.weight) }),
                ("affected_resources", { String($0.priority.check.affected) }),
                ("exposed_resources", { String($0.priority.check.exposed) }),
                ("exposure", { Quantity.decimal($0.priority.exposure, 3) }),
                ("effort", { $0.priority.effort.level.rawValue }),
                ("effort_points", { String($0.priority.effort.points) }),
                ("effort_method", { String($0.priority.effort.method) }),
                ("effort_rights", { String($0.priority.effort.rights) }),
                ("effort_scale", { String($0.priority.effort.scale) }),
                ("remediation", { $0.priority.check.remedy.name }),
                ("failed_findings", { String($0.priority.check.findings) }),
                ("accounts", { String($0.priority.check.accounts) }),
                ("failing_since", { $0.priority.check.failingSince?.rfc3339 ?? "" }),
                ("explanation", { $0.priority.explanation }),
            ], json: write, empty: "nothing fails")
    }

    private static func effort(_ effort: Effort) -> String {
        "\(effort.level.rawValue) \(effort.points) (\(effort.method)+\(effort.rights)+\(effort.scale))"
    }

    private static func write(_ row: PriorityView, _ json: inout JSONWriter) {
        let (priority, check) = (row.priority, row.priority.check)
        json.field("rank", row.rank)
        json.field("check", check.check)
        json.said("title", check.title)
        json.said("service", check.service)
        json.field("providers", check.providers.sorted())
        json.field("priority", priority.priority)
        json.field("severity", check.severity.name)
        json.field("severity_weight", priority.weight)
        json.field("affected_resources", check.affected)
        json.field("exposed_resources", check.exposed)
        json.field("exposure", priority.exposure)
        json.field("explanation", priority.explanation)
        json.field("effort", priority.effort.level.rawValue)
        json.key("effort_points")
        json.beginObject()
        json.field("total", priority.effort.points)
        json.field("method", priority.effort.method)
        json.field("rights", priority.effort.rights)
        json.field("scale", priority.effort.scale)
        json.endObject()
        json.field("remediation", check.remedy.name)
        json.field("failed_findings", check.findings)
        json.field("accounts", check.accounts)
        json.field("failing_since", check.failingSince)
    }
}
