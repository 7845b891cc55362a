import MartletCore
import MartletStore

/// The resource `scans`.
enum ScanShape {
    static let type = "scans"

    /// Prowler's names of states, which its clients know.
    static let states = ["available", "scheduled", "executing", "completed", "failed", "cancelled"]

    private static let counts: [(String, KeyPath<ScanCounts, Int64> & Sendable)] = [
        ("read", \.read), ("rejected", \.rejected), ("duplicates", \.duplicates), ("new", \.new),
        ("changed", \.changed), ("updated", \.updated), ("unchanged", \.unchanged), ("returned", \.returned),
        ("gone", \.gone), ("resolved", \.resolved), ("reopened", \.reopened), ("muted", \.muted),
        ("outside", \.outside),
    ]

    static let schema = ResourceSchema(
        type, component: "Scan",
        attributes: [
            Property("name", .nullable(.string())), Property("trigger", .choice(["scheduled", "manual"])),
            Property("state", .choice(states), "In Prowler's words; phase has Martlet's."),
            Property("unique_resource_count", .integer(), "Resources that held after it was published."),
            Property("progress", .integer(0...100), "In percent."),
            Property("duration", .nullable(.integer()), "Seconds from the first claim to the end."),
            Property("inserted_at", .time, "When it was asked for."),
            Property("started_at", .nullable(.time), "When a worker first began it."),
            Property("completed_at", .nullable(.time), "When it ended, however it did."),
            Property("scheduled_at", .nullable(.time), "The slot of its schedule."),
            Property("next_scan_at", .nullable(.time)),
            Property("phase", .choice(ScanState.allCases.map(\.rawValue))),
            Property("source", .string(), "The scanner; empty until the source has been read."),
            Property("origin", .string(), "Where the findings come from."),
            Property("scope", .string(), "What the source is taken to cover."),
            Property("filters", .nullable(.map(.array(.string()))), "What it was limited to."),
            Property("generation", .integer()), Property("attempts", .integer()),
            Property("observed_at", .nullable(.time), "When the source looked."),
            Property("counts", .map(.integer()), "What became of the findings that were read."),
            Property("progress_text", .nullable(.string()), "What is being done."),
            Property("queue_position", .nullable(.integer()), "1 for the scan that is claimed next."),
            Property("queue_seconds", .number, "How long it has waited for a worker."),
            Property("priority", .nullable(.integer())), Property("queue", .nullable(.string())),
            Property("cancel_requested", .boolean),
            Property("error", .nullable(.object([Property("code", .string()), Property("message", .string())]))),
            Property("rejections", .array(.string()), "The first statements that could not be used."),
            Property("coverage", .map(.integer()), "Checks × regions by what became of them; of one scan only."),
        ],
        relationships: [
            .one("provider", AccountShape.type), .one("task", TaskShape.type), .one("processor", "processors"),
            .one("schedule", "schedules"),
        ])

    /// Prowler's name for a state.
    static func state(_ state: ScanState) -> String {
        switch state {
        case .queued: "available"
        case .running, .publishing: "executing"
        case .completed, .completedWithGaps: "completed"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }

    /// The states that one of Prowler's names means.
    static func states(named name: String) -> Set<ScanState> {
        Set(ScanState.allCases.filter { state($0) == name })
    }

    static func fill(
        _ detail: ScanDetail, coverage: [String: Int64]? = nil, _ resource: inout ResourceWriter,
        _ context: RequestContext
    ) {
        let scan = detail.scan
        resource.attribute("name", detail.name)
        resource.attribute("trigger", detail.schedule == nil ? "manual" : "scheduled")
        resource.attribute("state", state(scan.state))
        resource.attribute("unique_resource_count", scan.resources)
        resource.attribute("progress", progress(detail))
        resource.attribute("duration", duration(scan))
        resource.attribute("inserted_at", scan.queuedAt)
        resource.attribute("started_at", scan.firstClaimedAt)
        resource.attribute("completed_at", scan.finishedAt)
        resource.attribute("scheduled_at", detail.schedule == nil ? nil : detail.job?.runAt)
        resource.attribute("next_scan_at", String?.none)
        resource.attribute("phase", scan.state.rawValue)
        resource.attribute("source", scan.source)
        resource.attribute("origin", scan.origin)
        resource.attribute("scope", scan.scope)
        resource.attribute("filters", scan.filters ?? .null)
        resource.attribute("generation", scan.generation)
        resource.attribute("attempts", scan.attempts)
        resource.attribute("observed_at", scan.observedAt)
        resource.attribute("counts") { json in
            json.beginObject()
            for (name, path) in counts { json.field(name, scan.counts[keyPath: path]) }
            json.endObject()
        }
        resource.attribute("progress_text", detail.job?.progressText)
        resource.attribute("queue_position", detail.job?.ahead.map { $0 + 1 })
        resource.attribute("queue_seconds", Double(detail.queueMilliseconds) / 1000)
        resource.attribute("priority", detail.job?.priority)
        resource.attribute("queue", detail.job?.queue)
        resource.attribute("cancel_requested", detail.job?.isCancelRequested ?? false)
        resource.attribute("error", failure(scan))
        resource.attribute("rejections", scan.rejections)
        if let coverage {
            resource.attribute("coverage") { json in
                json.beginObject()
                for (state, count) in coverage.sorted(by: { $0.key < $1.key }) { json.field(state, count) }
                json.endObject()
            }
        }
        resource.one("provider", ResourceIdentifier(AccountShape.type, scan.account.identifier))
        resource.one("task", detail.job == nil ? nil : ResourceIdentifier(TaskShape.type, scan.id))
        resource.one("processor", nil)
        resource.one("schedule", detail.schedule.map { ResourceIdentifier("schedules", $0) })
        resource.link("self", context.url(type, scan.id))
    }

    static func progress(_ detail: ScanDetail) -> Int {
        switch detail.scan.state {
        case .queued: 0
        case .completed, .completedWithGaps: 100
        default: (detail.job?.progress ?? 0) / 10
        }
    }

    private static func duration(_ scan: ScanRow) -> Int64? {
        guard let start = scan.firstClaimedAt, let end = scan.finishedAt else { return nil }
        return max(0, end.milliseconds - start.milliseconds) / 1000
    }

    private static func failure(_ scan: ScanRow) -> JSONValue {
        guard let code = scan.errorCode else { return .null }
        return .object([.init("code", .string(code)), .init("message", .string(scan.errorMessage ?? ""))])
    }
}
