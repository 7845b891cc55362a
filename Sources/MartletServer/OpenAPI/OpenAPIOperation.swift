import MartletCore
import MartletHTTPServer

/// One operation of the OpenAPI document.
struct OpenAPIOperation {
    private let endpoint: Endpoint

    init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    func value(_ components: inout OpenAPIComponents) -> JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member("operationId", .string(endpoint.operation)),
            JSONValue.Member("tags", .array([.string(endpoint.tag)])),
            JSONValue.Member("summary", .string(endpoint.summary)),
        ]
        if case .permission(let permission) = endpoint.access {
            members.append(JSONValue.Member("description", .string("Needs the permission \(permission.rawValue).")))
        }
        let parameters = OpenAPIParameters(endpoint).values
        if !parameters.isEmpty { members.append(JSONValue.Member("parameters", .array(parameters))) }
        if let body = body(&components) { members.append(JSONValue.Member("requestBody", body)) }
        members.append(JSONValue.Member("responses", responses(&components)))
        if endpoint.access != .open {
            members.append(
                JSONValue.Member(
                    "security",
                    .array(["bearer", "apiKey"].map { .object([JSONValue.Member($0, .array([]))]) })))
        }
        return .object(members)
    }

    private func content(_ types: [String], _ schema: JSONValue) -> JSONValue.Member {
        JSONValue.Member("content", .object(media(types, schema)))
    }

    private func media(_ types: [String], _ schema: JSONValue) -> [JSONValue.Member] {
        let value = JSONValue.object([JSONValue.Member("schema", schema)])
        return types.map { JSONValue.Member($0, value) }
    }

    private func body(_ components: inout OpenAPIComponents) -> JSONValue? {
        let schema: JSONValue
        switch endpoint.request {
        case .none: return nil
        case .resource(let resource):
            schema = components.request(resource, withID: endpoint.method == .patch)
        case .identifiers(let type):
            schema = OpenAPISchema.object(
                [("data", OpenAPISchema.type("array", [("items", OpenAPISchema.identifier(type))]))], required: ["data"]
            )
        case .json(let form): schema = OpenAPISchema.value(form)
        case .multipart(let parts): schema = OpenAPISchema.value(.object(parts))
        case .raw: schema = OpenAPISchema.type("string", [("format", .string("binary"))])
        }
        return .object([
            JSONValue.Member("required", .bool(true)), content(endpoint.request.mediaTypes, schema),
        ])
    }

    private func responses(_ components: inout OpenAPIComponents) -> JSONValue {
        var members: [JSONValue.Member] = []
        var statuses: [Int] = []
        for response in endpoint.responses where !statuses.contains(response.status) {
            statuses.append(response.status)
        }
        for status in statuses {
            // An answer that comes as a document or as a stream, as the client wants, is one answer with several contents.
            let forms = endpoint.responses.filter { $0.status == status }
            members.append(JSONValue.Member(String(status), success(forms, &components)))
        }
        let taken = Set(members.map(\.key))
        for (status, summary) in errors where !taken.contains(String(status)) {
            members.append(
                JSONValue.Member(
                    String(status),
                    .object([
                        JSONValue.Member("description", .string(summary)),
                        content([JSONAPI.mediaType], OpenAPIComponents.reference("Errors")),
                    ])))
        }
        return .object(members.sorted { $0.key < $1.key })
    }

    private func success(_ forms: [ResponseSpec], _ components: inout OpenAPIComponents) -> JSONValue {
        let summaries = forms.map(\.summary).filter { !$0.isEmpty }
        let summary = summaries.isEmpty ? "The answer." : summaries.joined(separator: " ")
        var members = [JSONValue.Member("description", .string(summary))]
        let names = forms.flatMap(\.headers)
        if !names.isEmpty {
            let headers = names.map {
                JSONValue.Member($0, .object([JSONValue.Member("schema", OpenAPISchema.type("string"))]))
            }
            members.append(JSONValue.Member("headers", .object(headers)))
        }
        let contents = forms.flatMap { self.contents(of: $0, &components) }
        if !contents.isEmpty { members.append(JSONValue.Member("content", .object(contents))) }
        return .object(members)
    }

    /// The media types of an answer and what stands in each.
    private func contents(of response: ResponseSpec, _ components: inout OpenAPIComponents) -> [JSONValue.Member] {
        let documents = endpoint.produces.filter { Self.isJSON($0) && !raw.contains($0) }
        switch response.content {
        case .none: return []
        case .resource(let schema):
            let document = OpenAPISchema.object([("data", components.resource(schema))], required: ["data"])
            return media(documents, document)
        case .list(let schema):
            let document = OpenAPISchema.object(
                [
                    ("data", OpenAPISchema.type("array", [("items", components.resource(schema))])),
                    ("links", OpenAPIComponents.reference("PageLinks")),
                    ("meta", OpenAPIComponents.reference("PageMeta")),
                ], required: ["data"])
            return media(documents, document)
        case .json(let schema): return media(documents, OpenAPISchema.value(schema))
        case .raw(let types):
            // Another standard says what stands in these.
            let document = JSONValue.object([.init("type", .array([.string("array"), .string("object")]))])
            return types.flatMap { media([$0], Self.isJSON($0) ? document : OpenAPISchema.type("string")) }
        }
    }

    private static func isJSON(_ type: String) -> Bool { type.hasSuffix("json") && !type.hasSuffix("ndjson") }

    /// Media types whose content is none of Martlet's own documents.
    private var raw: Set<String> {
        endpoint.responses.reduce(into: []) { types, response in
            if case .raw(let more) = response.content { types.formUnion(more) }
        }
    }

    /// What the frame answers when something is wrong.
    private var errors: [(Int, String)] {
        var errors: [(Int, String)] = [
            (400, "The request is malformed."), (406, "None of the wanted media types is given."),
            (429, "Too many requests."), (503, "This cannot be done now."),
        ]
        // Open endpoints with a body, and those of logins, are those that let people in, and may not.
        let letsIn = endpoint.request != .none || endpoint.tag == "Tokens"
        if endpoint.access != .open || letsIn {
            errors.append((401, "No credentials, or none that hold."))
            errors.append((403, "The caller may not do this."))
        }
        // Filters and parameters may name accounts, scans and frameworks that there are not.
        let query = endpoint.query
        if letsIn || !endpoint.path.parameters.isEmpty || endpoint.request != .none || !query.filters.isEmpty
            || !query.parameters.isEmpty
        {
            errors.append((404, "There is nothing of this name."))
        }
        if endpoint.request != .none {
            errors.append((409, "The state of things does not allow this."))
            errors.append((413, "The body is too large."))
            errors.append((415, "The body has another media type."))
            errors.append((422, "This is impossible."))
        } else if !endpoint.method.isSafe {
            errors.append((409, "The state of things does not allow this."))
            errors.append((422, "This is impossible."))
        } else if endpoint.validator != nil || endpoint.state != nil {
            errors.append((304, "Nothing has changed."))
        }
        if endpoint.state != nil, !endpoint.method.isSafe {
            errors.append((412, "The resource is no longer what If-Match says."))
        }
        return errors
    }
}
