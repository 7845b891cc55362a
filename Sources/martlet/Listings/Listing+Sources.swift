import MartletCore
import MartletEngine

extension Listing where Row == ExternalSourceView {
    /// `martlet source list` and `martlet source show`.
    static var externalSources: Listing {
        Listing(
            columns: [
                Column("NAME", style: { _ in .bold }) { $0.source.name },
                Column("COMMAND", flexible: true) { $0.source.command.json.text },
                Column("OUTPUT", flexible: true) { $0.source.output.description },
                Column("TIMEOUT", right: true) { "\($0.source.timeout) s" },
                Column("SECRETS", flexible: true) { $0.secrets },
                Column("UPDATED") { CellText.time($0.updatedAt) },
            ],
            fields: [
                ("name", { $0.source.name }), ("command", { $0.source.command.json.text }),
                ("output", { $0.source.output.description }), ("timeout_seconds", { String($0.source.timeout) }),
                ("secrets", { $0.secrets }), ("created_at", { $0.createdAt.rfc3339 }),
                ("updated_at", { $0.updatedAt.rfc3339 }),
            ], json: write, empty: "no external sources; add one with: martlet source add")
    }

    private static func write(_ view: ExternalSourceView, _ json: inout JSONWriter) {
        let source = view.source
        json.field("name", source.name)
        json.field("command", source.command.json)
        json.field("output", source.output.description)
        json.field("timeout_seconds", source.timeout)
        json.key("exit_codes")
        json.beginArray()
        for code in source.findingsExitCodes.sorted() { json.int(code) }
        json.endArray()
        json.field("output_bytes", source.outputLimit)
        json.field("disk_bytes", source.diskLimit)
        json.key("memory_bytes")
        if let limit = source.memoryLimit { json.int(limit) } else { json.null() }
        json.key("environment")
        json.beginObject()
        for (name, value) in source.environment.sorted(by: { $0.key < $1.key }) { json.field(name, value) }
        json.endObject()
        json.field("secrets", source.secrets.map(\.description))
        json.field("created_at", view.createdAt)
        json.field("updated_at", view.updatedAt)
    }
}

extension ExternalSourceView {
    /// As they were given.
    fileprivate var secrets: String { source.secrets.map(\.description).joined(separator: " ") }
}
