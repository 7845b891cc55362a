import MartletCore
import MartletHTTPServer

/// The parameters of an operation.
struct OpenAPIParameters {
    private let endpoint: Endpoint

    init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    var values: [JSONValue] {
        let query = endpoint.query
        var values = endpoint.path.parameters.map { name in
            let isUUID = name == "id" || name.hasSuffix("_id")
            return parameter(
                name, "path", isUUID ? OpenAPISchema.value(.uuid) : OpenAPISchema.type("string"), required: true)
        }
        for filter in query.filters {
            for comparison in filter.comparisons {
                values.append(
                    parameter(
                        "filter[\(filter.name(comparison))]", "query", schema(filter.kind, comparison),
                        required: filter.isRequired && filter.comparisons.count == 1))
            }
        }
        if query.search {
            values.append(parameter("filter[search]", "query", OpenAPISchema.type("string")))
        }
        if !query.sorts.isEmpty {
            values.append(list("sort", query.sorts.flatMap { [$0, "-" + $0] }))
        }
        if !query.includes.isEmpty { values.append(list("include", query.includes)) }
        var types: [String: [String]] = [:]
        for resource in query.fields { types[resource.type, default: []] += resource.fieldNames }
        for (type, names) in types.sorted(by: { $0.key < $1.key }) {
            var seen: Set<String> = []
            values.append(list("fields[\(type)]", names.filter { seen.insert($0).inserted }))
        }
        values += paging
        for other in query.parameters {
            values.append(
                parameter(
                    other.name, "query", schema(other.kind, .equal), required: other.isRequired, summary: other.summary)
            )
        }
        if endpoint.startsWork {
            values.append(
                parameter(
                    "Idempotency-Key", "header", OpenAPISchema.value(.string(maxLength: 255)),
                    summary: "The same key and body give the first answer for 24 h."))
        }
        if endpoint.state != nil, endpoint.method != .get {
            values.append(
                parameter(
                    "If-Match", "header", OpenAPISchema.type("string"),
                    summary: "Entity tags of the resource as GET gives them, or *; it must be as one of them says."))
        }
        return values
    }

    private var paging: [JSONValue] {
        guard let paging = endpoint.query.paging else { return [] }
        let whole = OpenAPISchema.type("integer", [("minimum", .int(1))])
        var values = [
            parameter("page[number]", "query", whole),
            parameter(
                "page[size]", "query", whole,
                summary: "\(paging.size) unless given; more than \(paging.maximum) count as \(paging.maximum)."),
        ]
        if paging.cursors {
            values.append(
                parameter(
                    "page[after]", "query", OpenAPISchema.type("string"),
                    summary: "A cursor of links.next; empty to begin."))
        }
        if paging.disable {
            values.append(parameter("page[disable]", "query", OpenAPISchema.type("boolean")))
        }
        return values
    }

    private func list(_ name: String, _ choices: [String]) -> JSONValue {
        parameter(
            name, "query",
            OpenAPISchema.type("array", [("items", OpenAPISchema.value(.choice(choices)))]))
    }

    private func schema(_ kind: FilterSpec.Kind, _ comparison: FilterSpec.Comparison) -> JSONValue {
        if comparison == .isAbsent { return OpenAPISchema.type("boolean") }
        let one =
            switch kind {
            case .text: OpenAPISchema.type("string")
            case .uuid: OpenAPISchema.value(.uuid)
            case .integer(let range): OpenAPISchema.value(.integer(range))
            case .boolean: OpenAPISchema.type("boolean")
            case .time: OpenAPISchema.type("string", [("description", .string("A day or a time."))])
            case .choice(let choices): OpenAPISchema.value(.choice(choices))
            }
        guard comparison == .within || comparison == .overlap else { return one }
        return OpenAPISchema.type("array", [("items", one)])
    }

    private func parameter(
        _ name: String, _ place: String, _ schema: JSONValue, required: Bool = false, summary: String = ""
    ) -> JSONValue {
        var members = [
            JSONValue.Member("name", .string(name)), JSONValue.Member("in", .string(place)),
        ]
        if required { members.append(JSONValue.Member("required", .bool(true))) }
        if !summary.isEmpty { members.append(JSONValue.Member("description", .string(summary))) }
        if schema["type"]?.stringValue == "array" {
            // Lists are written with commas.
            members.append(JSONValue.Member("style", .string("form")))
            members.append(JSONValue.Member("explode", .bool(false)))
        }
        members.append(JSONValue.Member("schema", schema))
        return .object(members)
    }
}
