import MartletCore

/// Collects the components that operations refer to.
struct OpenAPIComponents {
    private var schemas: [String: JSONValue] = [:]

    /// A reference to the resource object of a schema, as an answer has it.
    mutating func resource(_ schema: ResourceSchema) -> JSONValue {
        if schemas[schema.component] == nil {
            schemas[schema.component] = OpenAPISchema.resource(schema, isRequest: false)
        }
        return Self.reference(schema.component)
    }

    /// A reference to the document that a request has.
    mutating func request(_ schema: ResourceSchema, withID: Bool) -> JSONValue {
        let name = schema.component + "Request"
        if schemas[name] == nil {
            schemas[name] = OpenAPISchema.object(
                [("data", OpenAPISchema.resource(schema, isRequest: true, withID: withID))], required: ["data"])
        }
        return Self.reference(name)
    }

    static func reference(_ name: String) -> JSONValue {
        .object([JSONValue.Member("$ref", .string("#/components/schemas/\(name)"))])
    }

    /// The components in the order of their names, with those that every operation uses.
    var value: JSONValue {
        var all = schemas
        for (name, schema) in OpenAPISchema.common { all[name] = schema }
        return .object([
            JSONValue.Member(
                "schemas", .object(all.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) })),
            JSONValue.Member(
                "securitySchemes",
                .object([
                    JSONValue.Member(
                        "bearer",
                        .object([
                            JSONValue.Member("type", .string("http")), JSONValue.Member("scheme", .string("bearer")),
                            JSONValue.Member("bearerFormat", .string("JWT")),
                        ])),
                    JSONValue.Member(
                        "apiKey",
                        .object([
                            JSONValue.Member("type", .string("apiKey")), JSONValue.Member("in", .string("header")),
                            JSONValue.Member("name", .string("Authorization")),
                            JSONValue.Member("description", .string("Authorization: Api-Key KEY")),
                        ])),
                ])),
        ])
    }
}
