import MartletCore
import MartletStore

extension Listing where Row == ScanRow {
    /// `martlet scans`.
    static var scans: Listing {
        Listing(
            columns: [
                Column("SCAN") { $0.id },
                Column("ACCOUNT", flexible: true) { $0.account.uid },
                Column("GEN", right: true) { String($0.generation) },
                Column("STATE", style: { .state($0.state) }) { $0.state.rawValue },
                Column("OBSERVED") { CellText.time($0.observedAt) },
                Column("READ", right: true) { Quantity.grouped($0.counts.read) },
                Column("NEW", right: true) { Quantity.grouped($0.counts.new) },
                Column("CHANGED", right: true) { Quantity.grouped($0.counts.changed) },
                Column("RESOLVED", right: true) { Quantity.grouped($0.counts.resolved) },
                Column("SECONDS", right: true, style: { _ in .dim }) { CellText.seconds($0.workMilliseconds) },
                Column("FROM", flexible: true, style: { _ in .dim }) { $0.errorMessage ?? $0.origin },
            ],
            fields: [
                ("scan", { $0.id }), ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }),
                ("source", { $0.source }), ("origin", { $0.origin }), ("state", { $0.state.rawValue }),
                ("generation", { String($0.generation) }), ("scope", { $0.scope }),
                ("observed_at", { $0.observedAt?.rfc3339 ?? "" }), ("queued_at", { $0.queuedAt.rfc3339 }),
                ("finished_at", { $0.finishedAt?.rfc3339 ?? "" }), ("read", { String($0.counts.read) }),
                ("rejected", { String($0.counts.rejected) }), ("duplicates", { String($0.counts.duplicates) }),
                ("new", { String($0.counts.new) }), ("changed", { String($0.counts.changed) }),
                ("updated", { String($0.counts.updated) }), ("unchanged", { String($0.counts.unchanged) }),
                ("returned", { String($0.counts.returned) }), ("gone", { String($0.counts.gone) }),
                ("resolved", { String($0.counts.resolved) }), ("reopened", { String($0.counts.reopened) }),
                ("muted", { String($0.counts.muted) }), ("resources", { String($0.resources) }),
                ("seconds", { CellText.seconds($0.workMilliseconds) }), ("error", { $0.errorMessage ?? "" }),
            ], json: { $1.scan($0) }, empty: "no scans; import one with: martlet import FILE")
    }
}

extension ScanRow {
    /// Milliseconds of work: reading, ingest and publish.
    var workMilliseconds: Int64 { parseMilliseconds + ingestMilliseconds + publishMilliseconds }
}

extension JSONWriter {
    /// The members of a scan.
    mutating func scan(_ row: ScanRow) {
        field("scan", row.id)
        account(row.account)
        said("source", row.source)
        said("origin", row.origin)
        field("state", row.state.rawValue)
        field("generation", row.generation)
        field("scope", row.scope)
        filters(row)
        field("attempts", row.attempts)
        field("token", row.token)
        field("observed_at", row.observedAt)
        field("queued_at", row.queuedAt)
        field("first_claimed_at", row.firstClaimedAt)
        field("claimed_at", row.claimedAt)
        field("finished_at", row.finishedAt)
        key("findings")
        counts(row.counts)
        work(row)
        field("error_code", row.errorCode)
        field("error", row.errorMessage)
        field("rejections", row.rejections)
        gaps(row.gaps)
    }

    /// What could not be evaluated and why.
    mutating func gaps(_ gaps: [ScanGap]) {
        key("gaps")
        beginArray()
        for gap in gaps { gap.write(to: &self) }
        endArray()
    }

    /// What a scan left and how long it took.
    mutating func work(_ row: ScanRow) {
        field("resources", row.resources)
        field("tags", row.tags)
        field("compliance_rows", row.complianceRows)
        key("seconds")
        beginObject()
        field("total", Double(row.workMilliseconds) / 1000)
        field("parse", Double(row.parseMilliseconds) / 1000)
        field("ingest", Double(row.ingestMilliseconds) / 1000)
        field("publish", Double(row.publishMilliseconds) / 1000)
        endObject()
    }

    /// What became of a scan's findings.
    mutating func counts(_ counts: ScanCounts) {
        beginObject()
        for (name, value) in counts.named { field(name, value) }
        endObject()
    }
}

extension ScanCounts {
    /// Every count with its name in output.
    var named: [(String, Int64)] {
        [
            ("read", read), ("rejected", rejected), ("duplicates", duplicates), ("new", new), ("changed", changed),
            ("updated", updated), ("unchanged", unchanged), ("returned", returned), ("gone", gone),
            ("resolved", resolved), ("reopened", reopened), ("muted", muted), ("outside", outside),
        ]
    }
}
