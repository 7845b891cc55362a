import MartletCore
import MartletStore

/// The resource `tasks`: a job of the queue. A scan's task has the scan's id.
enum TaskShape {
    static let type = "tasks"

    static let schema = ResourceSchema(
        type, component: "Task",
        attributes: [
            Property("inserted_at", .time), Property("completed_at", .nullable(.time)),
            Property("name", .string(), "What it does, such as scan-perform."),
            Property("state", .choice(ScanShape.states)),
            Property("result", .any, "Of a failed task what went wrong; otherwise what came of it."),
            Property("task_args", .map(.any)), Property("metadata", .map(.any)),
            Property("progress", .integer(0...100)), Property("progress_text", .nullable(.string())),
            Property("attempts", .integer()), Property("losses", .integer(), "Leases lost to dead workers."),
            Property("cancel_requested", .boolean),
        ])

    static func name(_ task: TaskRow) -> String {
        switch task.kind {
        case .scan: task.isScheduled ? "scan-perform-scheduled" : "scan-perform"
        default: name(of: task.kind)
        }
    }

    /// The name of tasks of a kind other than scans; Prowler's where it has such a task.
    static func name(of kind: JobKind) -> String {
        switch kind {
        case .connection: "provider-connection-check"
        case .accountRemoval: "provider-deletion"
        case .tenantRemoval: "tenant-deletion"
        default: kind.rawValue.replacing("_", with: "-")
        }
    }

    static func state(_ state: JobState) -> String {
        switch state {
        case .queued: "available"
        case .running: "executing"
        default: state.rawValue
        }
    }

    static func fill(_ task: TaskRow, _ resource: inout ResourceWriter) {
        resource.attribute("inserted_at", task.queuedAt)
        resource.attribute("completed_at", task.finishedAt)
        resource.attribute("name", name(task))
        resource.attribute("state", state(task.state))
        resource.attribute("result", result(task))
        resource.attribute("task_args") { json in
            json.beginObject()
            if task.kind == .scan { json.field("scan_id", task.id) }
            if let account = task.account { json.field("provider_id", account.identifier) }
            json.endObject()
        }
        resource.attribute("metadata") { json in
            json.beginObject()
            json.endObject()
        }
        resource.attribute("progress", task.state == .completed ? 100 : task.progress / 10)
        resource.attribute("progress_text", task.progressText)
        resource.attribute("attempts", task.attempts)
        resource.attribute("losses", task.losses)
        resource.attribute("cancel_requested", task.isCancelRequested)
    }

    private static func result(_ task: TaskRow) -> JSONValue {
        if let text = task.result, let result = try? JSONValue.parse(text) { return result }
        guard let failure = task.failure else {
            return task.state == .completed && task.kind == .scan
                ? .object([.init("scan_id", .string(task.id))]) : .object([])
        }
        return .object([
            .init("exc_type", .string(failure.code)), .init("exc_message", .array([.string(failure.message)])),
            .init("exc_module", .string("martlet")),
        ])
    }
}
