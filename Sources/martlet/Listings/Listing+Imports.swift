import MartletCore
import MartletEngine
import MartletStore

extension Listing where Row == ImportReport {
    /// `martlet import`, for scripts.
    static var imports: Listing {
        Listing(
            columns: [],
            fields: Listing<ScanRow>.scans.fields.map { field in (name: field.name, value: { field.value($0.scan) }) }
                + [
                    (name: "statements", value: { String($0.statements) }),
                    (name: "peak_rss_bytes", value: { String($0.peakResidentBytes) }),
                ],
            json: write, empty: "no findings")
    }

    private static func write(_ report: ImportReport, _ json: inout JSONWriter) {
        let scan = report.scan
        json.field("scan", scan.id)
        json.account(scan.account)
        json.field("generation", scan.generation)
        json.field("state", scan.state.rawValue)
        json.key("findings")
        json.counts(scan.counts)
        json.field("resources", scan.resources)
        json.field("tags", scan.tags)
        json.field("compliance_rows", scan.complianceRows)
        json.field("statements", report.statements)
        json.key("seconds")
        json.beginObject()
        json.field("total", rounded(report.totalSeconds))
        json.field("parse", rounded(report.parseSeconds))
        json.field("ingest", rounded(report.ingestSeconds))
        json.field("publish", rounded(report.publishSeconds))
        json.endObject()
        json.field("peak_rss_bytes", report.peakResidentBytes)
        json.said("source", scan.source)
        json.said("origin", scan.origin)
        json.field("scope", scan.scope)
        json.field("observed_at", scan.observedAt)
        json.key("posture")
        json.summary(report.summary)
        json.field("rejections", scan.rejections)
        json.gaps(scan.gaps)
        json.field("hints", report.hints)
    }

    /// To the microsecond: more is noise.
    private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}
