import MartletCore
import MartletFormats
import MartletPolicy
import MartletStore

/// The resource `checks`.
enum CheckShape {
    static let type = "checks"

    private static let parameter = Schema.object([
        Property("name", .string()), Property("type", .choice(CheckParameterType.allCases.map(\.rawValue))),
        Property("description", .string()), Property("default", .any),
        Property("value", .any, "The tenant's, or the default."), Property("minimum", .nullable(.number)),
        Property("maximum", .nullable(.number)), Property("choices", .array(.any), "Empty where any value does."),
    ])

    private static let common = [
        Property("origin", .choice(CheckOrigin.allCases.map(\.rawValue)), "tenant where it is the tenant's own."),
        Property("title", .string()), Property("severity", .choice(FindingFilters.severities)),
        Property("provider", .string()), Property("service", .string()),
        Property("categories", .array(.string())), Property("parameters", .array(parameter)),
    ]

    private static let file = Schema.object([
        Property(
            "name", .string(maxLength: 200), "ID.yaml, or ID/check.yaml with its examples beside it.", required: true),
        Property("content", .string(maxLength: CheckFiles.limits.bytes), "YAML.", required: true),
    ])

    static let schema = ResourceSchema(type, component: "Check", id: .string(), attributes: common)

    static let detail = ResourceSchema(
        type, component: "CheckDetail", id: .string(),
        attributes: common + [
            Property("aliases", .array(.string())), Property("resource_type", .string()),
            Property("description", .string()), Property("risk", .string()),
            Property(
                "remediation",
                .object([
                    Property("text", .string()), Property("cli", .nullable(.string())),
                    Property("terraform", .string()),
                ])),
            Property("references", .array(.string())), Property("notes", .string()),
            Property(
                "data",
                .object([
                    Property("collector", .string()), Property("children", .array(.string())),
                    Property("collectors", .array(.string())),
                ]), "What it looks at: a collector's items one by one, their children, other collectors as a whole."),
            Property("examples", .integer()),
            Property("files", .nullable(.array(file)), "Of a check of the tenant's own."),
            Property("inserted_at", .nullable(.time), "Of a check of the tenant's own."),
            Property("updated_at", .nullable(.time), "Of a check of the tenant's own."),
        ])

    static let create = ResourceSchema(
        type, component: "CheckCreate", id: nil,
        attributes: [Property("files", .array(file, max: 100), "The files of one check.", required: true)])

    static let update = ResourceSchema(
        type, component: "CheckUpdate", id: .string(),
        attributes: [
            Property(
                "parameters", .map(.any), "By name; null goes back to the default, others stay as they are.",
                required: true)
        ])

    static func fill(_ entry: CheckLibrary.Entry, _ resource: inout ResourceWriter) {
        let check = entry.definition
        resource.attribute("origin", entry.origin.rawValue)
        resource.attribute("title", check.title)
        resource.attribute("severity", check.severity.name)
        resource.attribute("provider", check.provider.name)
        resource.attribute("service", check.service)
        resource.attribute("categories", check.categories)
        resource.attribute("parameters", .array(check.parameters.map { value($0, entry) }))
    }

    /// The same with the document, and what is kept of a check of the tenant's own.
    static func fill(_ entry: CheckLibrary.Entry, _ row: TenantCheckRow?, _ resource: inout ResourceWriter) {
        fill(entry, &resource)
        let check = entry.definition
        resource.attribute("aliases", check.aliases)
        resource.attribute("resource_type", check.resourceType)
        resource.attribute("description", check.description)
        resource.attribute("risk", check.risk)
        resource.attribute("remediation") { json in
            json.beginObject()
            json.field("text", check.remediation.text)
            json.field("cli", check.remediation.cli?.source)
            json.field("terraform", check.remediation.terraform)
            json.endObject()
        }
        resource.attribute("references", check.references)
        resource.attribute("notes", check.notes)
        resource.attribute("data") { json in
            json.beginObject()
            json.field("collector", check.resource)
            json.field("children", check.needs)
            json.field("collectors", check.data.map(\.collector))
            json.endObject()
        }
        resource.attribute("examples", check.examples.count)
        resource.attribute("files", row.map(files) ?? .null)
        resource.attribute("inserted_at", row?.createdAt)
        resource.attribute("updated_at", row?.updatedAt)
    }

    private static func value(_ parameter: CheckParameter, _ entry: CheckLibrary.Entry) -> JSONValue {
        .object([
            .init("name", .string(parameter.name)), .init("type", .string(parameter.type.rawValue)),
            .init("description", .string(parameter.description)), .init("default", parameter.defaultValue),
            .init("value", entry.parameters[parameter.name] ?? parameter.defaultValue),
            .init("minimum", parameter.minimum.map { .double($0) } ?? .null),
            .init("maximum", parameter.maximum.map { .double($0) } ?? .null),
            .init("choices", .array(parameter.choices)),
        ])
    }

    /// What was sent, be it that a command line sent whole paths.
    private static func files(_ row: TenantCheckRow) -> JSONValue {
        let texts = (try? JSONValue.parse(row.files)).flatMap { try? CheckText.files(json: $0) } ?? []
        return .array(
            texts.map { .object([.init("name", .string($0.path)), .init("content", .string($0.text))]) })
    }
}
