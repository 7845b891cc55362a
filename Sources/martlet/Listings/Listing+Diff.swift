import MartletCore
import MartletStore

extension Listing where Row == DiffRow {
    /// `martlet diff`.
    static var diff: Listing {
        Listing(
            columns: [
                Column("WHAT", style: { style($0.kind) }) { $0.kind.rawValue },
                Column("BEFORE", style: { .status($0.statusBefore?.name ?? "") }) { $0.statusBefore?.name ?? "-" },
                Column("AFTER", style: { .status($0.statusAfter?.name ?? "") }) { $0.statusAfter?.name ?? "-" },
                Column("SEVERITY", style: { .severity($0.finding.severity) }) { $0.finding.severity.name },
                Column("CHECK", flexible: true) { $0.finding.check.check },
                Column("REGION", flexible: true) { CellText.or($0.finding.regions.joined(separator: ",")) },
                Column("RESOURCE", flexible: true) { CellText.resource($0.finding.resource) },
                Column("DETAIL", flexible: true) { $0.finding.detail },
            ],
            fields: [
                (name: "kind", value: { $0.kind.rawValue }),
                (name: "status_before", value: { $0.statusBefore?.name ?? "" }),
                (name: "status_after", value: { $0.statusAfter?.name ?? "" }),
            ] + Listing<FindingRow>.findings.fields.map { field in (field.name, { field.value($0.finding) }) },
            json: { row, json in
                json.field("kind", row.kind.rawValue)
                json.field("status_before", row.statusBefore?.name)
                json.field("status_after", row.statusAfter?.name)
                Listing<FindingRow>.findings.json(row.finding, &json)
            }, empty: "no differences")
    }

    private static func style(_ kind: DiffRow.Kind) -> Style {
        switch kind {
        case .new, .reopened, .returned: .red
        case .resolved, .gone: .green
        case .changed, .updated: .yellow
        case .unknown: .cyan
        }
    }
}
