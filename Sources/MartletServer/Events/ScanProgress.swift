import MartletCore
import MartletStore

/// How far a scan is, as listeners are told it.
struct ScanProgress: Sendable, Equatable {
    /// The event's data, JSON in one line.
    let data: String
    /// Made from the data alone, so that every server gives the same state the same id.
    let id: String
    /// Whether nothing more will come.
    let isFinal: Bool

    init(_ detail: ScanDetail) {
        var json = JSONWriter()
        json.beginObject()
        json.field("id", detail.scan.id)
        json.field("state", ScanShape.state(detail.scan.state))
        json.field("phase", detail.scan.state.rawValue)
        json.field("progress", ScanShape.progress(detail))
        json.field("progress_text", detail.job?.progressText)
        json.key("queue_position")
        if let ahead = detail.job?.ahead { json.int(ahead + 1) } else { json.null() }
        json.field("attempts", detail.scan.attempts)
        json.field("cancel_requested", detail.job?.isCancelRequested ?? false)
        json.field("started_at", detail.scan.firstClaimedAt?.rfc3339)
        json.field("completed_at", detail.scan.finishedAt?.rfc3339)
        json.endObject()
        data = json.text
        var hasher = ContentHasher()
        hasher.add(data)
        id = String(hasher.finish().description.prefix(16))
        isFinal =
            detail.scan.finishedAt != nil && detail.job.map { $0.state != .queued && $0.state != .running } ?? true
    }

    /// The event as it is sent.
    var event: String { "id: \(id)\nevent: \(isFinal ? "end" : "progress")\ndata: \(data)\n\n" }
}
