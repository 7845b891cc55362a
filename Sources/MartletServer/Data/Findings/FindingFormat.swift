import MartletCore
import MartletFormats
import MartletStore

/// Writes findings one after the other in a form for export.
struct FindingFormat: Sendable {
    private enum Form: Sendable { case ndjson, csv, ocsf }

    private let form: Form
    private let accounts: [AccountKey: AccountRow]
    private var json = JSONWriter()
    private var table = CSVWriter()
    private var ocsf = OCSFBox()
    private var isBegun = false

    /// OCSFWriter keeps rendered texts of checks; it is used by one stream only, inside its actor.
    private struct OCSFBox: @unchecked Sendable { var writer = OCSFWriter() }

    init(_ mediaType: String, accounts: [AccountRow]) {
        form =
            switch mediaType {
            case FindingExport.csv: .csv
            case FindingExport.ocsf: .ocsf
            default: .ndjson
            }
        self.accounts = Dictionary(accounts.map { ($0.account, $0) }) { first, _ in first }
    }

    var contentType: String {
        switch form {
        case .ndjson: FindingExport.ndjson
        case .csv: "text/csv; charset=utf-8"
        case .ocsf: FindingExport.ocsf
        }
    }

    /// The end of a file's name.
    var suffix: String {
        switch form {
        case .ndjson: ".ndjson"
        case .csv: ".csv"
        case .ocsf: ".ocsf.json"
        }
    }

    mutating func takeBytes() -> [UInt8] {
        switch form {
        case .ndjson: json.takeBytes()
        case .csv: table.takeBytes()
        case .ocsf: ocsf.writer.takeBytes()
        }
    }

    mutating func finish() {
        if form == .csv { begin() }
        if form == .ocsf { ocsf.writer.finish() }
    }

    mutating func write(_ row: FindingRow) throws {
        switch form {
        case .ndjson: writeLine(row)
        case .csv:
            begin()
            for column in Self.columns { table.field(column.value(row)) }
            table.endLine()
        case .ocsf: try ocsf.writer.write(finding(row))
        }
    }

    private mutating func begin() {
        guard !isBegun else { return }
        isBegun = true
        for column in Self.columns { table.field(column.name) }
        table.endLine()
    }

    private typealias Column = (name: String, value: @Sendable (FindingRow) -> String)

    private static let columns: [Column] = [
        ("id", { $0.identifier }), ("uid", { $0.sourceUID }), ("provider", { $0.account.provider.name }),
        ("provider_uid", { $0.account.uid }), ("check_id", { $0.check.check }), ("check_title", { $0.check.title }),
        ("service", { $0.check.service }), ("severity", { $0.severity.name }), ("status", { $0.status.name }),
        ("muted", { $0.muted ? "true" : "false" }), ("muted_reason", { $0.mutedReason ?? "" }),
        ("change", { $0.delta.rawValue }), ("regions", { $0.regions.joined(separator: " ") }),
        ("resource_uid", { $0.resource.uid }), ("resource_name", { $0.resource.name }),
        ("resource_type", { $0.resource.type }), ("status_extended", { $0.detail }),
        ("first_seen_at", { $0.firstSeenAt.rfc3339 }), ("failing_since", { $0.failingSince?.rfc3339 ?? "" }),
        ("inserted_at", { $0.observedAt.rfc3339 }), ("updated_at", { $0.updatedAt.rfc3339 }),
    ]

    private mutating func writeLine(_ row: FindingRow) {
        json.beginObject()
        for column in Self.columns where column.name != "muted" && column.name != "regions" {
            json.field(column.name, column.value(row))
        }
        json.field("muted", row.muted)
        json.field("regions", row.regions)
        json.field("resource_id", row.resourceNumber.identifier)
        json.field("source", row.source)
        json.key("tags")
        json.beginObject()
        for tag in row.resource.tags { json.field(tag.key, tag.value) }
        json.endObject()
        json.endObject()
        json.newline()
    }

    private func finding(_ row: FindingRow) -> OCSFFinding {
        let account = accounts[row.account]
        let observation = FindingObservation(
            account: row.account, check: row.check, regions: row.regions, resource: row.resource,
            discriminator: row.discriminator, status: row.status, severity: row.severity, muted: row.muted,
            detail: row.detail, observedAt: row.observedAt, firstSeenAt: row.firstSeenAt,
            failingSince: row.failingSince)
        return OCSFFinding(
            observation: observation, scanner: row.source,
            account: AccountDescription(
                name: account?.name ?? "", organization: account?.organization ?? "",
                organizationName: account?.organizationName ?? ""),
            fingerprint: row.fingerprint, scan: row.scan, mutedReason: row.mutedReason)
    }
}
