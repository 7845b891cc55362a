import MartletCore

/// JSON Schemas of our ``Schema`` and of JSON:API's own objects.
enum OpenAPISchema {
    static func object(_ members: [(String, JSONValue)], required: [String] = []) -> JSONValue {
        var value: [JSONValue.Member] = [
            JSONValue.Member("type", .string("object")),
            JSONValue.Member("properties", .object(members.map { JSONValue.Member($0.0, $0.1) })),
        ]
        if !required.isEmpty { value.append(JSONValue.Member("required", .array(required.map { .string($0) }))) }
        return .object(value)
    }

    static func type(_ name: String, _ more: [(String, JSONValue)] = []) -> JSONValue {
        .object([JSONValue.Member("type", .string(name))] + more.map { JSONValue.Member($0.0, $0.1) })
    }

    static func value(_ schema: Schema) -> JSONValue {
        switch schema {
        case .string(let maxLength): type("string", maxLength.map { [("maxLength", .int(Int64($0)))] } ?? [])
        case .format(let format): type("string", [("format", .string(format))])
        case .choice(let choices): type("string", [("enum", .array(choices.map { .string($0) }))])
        case .integer(let range):
            type("integer", range.map { [("minimum", .int($0.lowerBound)), ("maximum", .int($0.upperBound))] } ?? [])
        case .number: type("number")
        case .boolean: type("boolean")
        case .any: .object([])
        case .array(let element, let max):
            type("array", [("items", value(element))] + (max.map { [("maxItems", .int(Int64($0)))] } ?? []))
        case .object(let properties): self.properties(properties)
        case .map(let element): type("object", [("additionalProperties", value(element))])
        case .nullable(let schema): .object([JSONValue.Member("anyOf", .array([value(schema), type("null")]))])
        case .reference(let name): OpenAPIComponents.reference(name)
        }
    }

    private static func properties(_ properties: [Property]) -> JSONValue {
        object(properties.map { ($0.name, described($0)) }, required: properties.filter(\.isRequired).map(\.name))
    }

    private static func described(_ property: Property) -> JSONValue {
        guard !property.summary.isEmpty, case .object(let members) = value(property.schema) else {
            return value(property.schema)
        }
        return .object(members + [JSONValue.Member("description", .string(property.summary))])
    }

    static func resource(_ schema: ResourceSchema, isRequest: Bool, withID: Bool = false) -> JSONValue {
        var members: [(String, JSONValue)] = [("type", type("string", [("const", .string(schema.type))]))]
        var required = ["type"]
        if let id = schema.id, !isRequest || withID {
            members.append(("id", value(id)))
            required.append("id")
        }
        members.append(("attributes", properties(schema.attributes)))
        if !isRequest { required.append("attributes") }
        if isRequest, schema.attributes.contains(where: \.isRequired) { required.append("attributes") }
        if !schema.relationships.isEmpty {
            let needed = schema.relationships.filter(\.isRequired).map(\.name)
            members.append(
                ("relationships", object(schema.relationships.map { ($0.name, relationship($0)) }, required: needed)))
            if isRequest, !needed.isEmpty { required.append("relationships") }
        }
        if !isRequest { members.append(("links", type("object"))) }
        return object(members, required: required)
    }

    static func identifier(_ name: String) -> JSONValue {
        object(
            [("type", type("string", [("const", .string(name))])), ("id", type("string"))], required: ["type", "id"])
    }

    private static func relationship(_ schema: RelationshipSchema) -> JSONValue {
        let one = identifier(schema.type)
        let data =
            schema.isMany
            ? type("array", [("items", one)])
            : .object([JSONValue.Member("anyOf", .array([one, type("null")]))])
        return object([("data", data)], required: ["data"])
    }

    /// What every document refers to.
    static let common: [(String, JSONValue)] = [
        (
            "Error",
            object(
                [
                    ("detail", type("string")), ("status", type("string")), ("code", type("string")),
                    ("title", type("string")),
                    (
                        "source",
                        object([
                            ("pointer", type("string")), ("parameter", type("string")), ("header", type("string")),
                        ])
                    ), ("meta", type("object")),
                ], required: ["detail", "status", "code"])
        ),
        (
            "Errors",
            object(
                [("errors", type("array", [("items", OpenAPIComponents.reference("Error"))]))], required: ["errors"])
        ),
        (
            "PageLinks",
            object(
                ["first", "last", "next", "prev"].map {
                    ($0, .object([JSONValue.Member("type", .array([.string("string"), .string("null")]))]))
                })
        ),
        (
            "PageMeta",
            object([
                (
                    "pagination",
                    object([
                        ("page", type("integer")), ("pages", type("integer")), ("count", type("integer")),
                        ("estimated", type("boolean")),
                    ])
                ), ("version", type("string")),
            ])
        ),
    ]
}
