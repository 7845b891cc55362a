import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// Scans and findings in OpenShield's words.
enum OpenShieldText {
    static func response(_ json: JSONWriter, status: Int = 200, headers: HTTPHeaders = [:]) -> HTTPResponse {
        var headers = headers
        headers["Content-Type"] = "application/json"
        return HTTPResponse(status: status, headers: headers, body: .bytes(json.bytes))
    }

    /// OpenShield's name of a state.
    static func state(_ state: ScanState) -> String {
        switch state {
        case .queued: "pending"
        case .running, .publishing: "running"
        case .completed, .completedWithGaps: "completed"
        case .failed, .cancelled: "failed"
        }
    }

    /// What the score of a published scan is computed from; nil of any other, and of one that is not kept any more.
    static func tally(_ detail: ScanDetail, _ reader: StoreReader, _ cache: PostureCache) throws -> ScoreTally? {
        guard detail.scan.state == .completed || detail.scan.state == .completedWithGaps else { return nil }
        return try reader.scoreTally(
            of: detail.account, detail.scan.account, generation: detail.scan.generation, cache)
    }

    static func write(_ detail: ScanDetail, _ tally: ScoreTally?, _ json: inout JSONWriter) {
        let scan = detail.scan
        json.beginObject()
        json.field("scan_id", scan.id)
        json.field("subscription_id", scan.account.uid)
        json.field("status", state(scan.state))
        json.field("started_at", scan.queuedAt.rfc3339)
        json.field("claimed_at", scan.claimedAt?.rfc3339)
        json.field("completed_at", scan.finishedAt?.rfc3339)
        json.field("attempt_count", scan.attempts)
        json.field("total_findings", tally?.outcomes.values.reduce(0) { $0 + $1.failed } ?? 0)
        json.key("score")
        if let points = tally.flatMap({ SecurityScore($0).points }) { json.int(points) } else { json.null() }
        json.field("error_message", scan.errorMessage ?? (scan.state == .cancelled ? "The scan was cancelled." : nil))
        json.endObject()
    }

    static func write(_ row: FindingRow, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("id", row.identifier)
        json.field("scan_id", row.scan)
        json.field("rule_id", row.check.check)
        json.field("rule_name", row.check.title)
        json.field("severity", row.severity.name.uppercased())
        json.field("category", row.check.service)
        json.field("resource_id", row.resource.uid)
        json.field("resource_name", row.resource.name)
        json.field("resource_type", row.resource.type)
        json.field("description", row.detail)
        json.field("detected_at", row.observedAt.rfc3339)
        json.endObject()
    }
}
