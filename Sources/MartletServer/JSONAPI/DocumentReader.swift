import MartletCore

/// Reads a request's JSON:API document against its declaration, and collects all that is wrong with it (up to 20 errors).
public struct DocumentReader {
    private var errors: [APIError] = []

    /// A reader.
    public init() {}

    /// Reads a document with one resource.
    ///
    /// - Parameters:
    ///   - bytes: The body.
    ///   - schema: What the endpoint takes.
    ///   - id: The id in the path of a PATCH, which the document repeats; nil for POST.
    /// - Throws: ``APIErrors`` with status 400, or 409 for another type or id.
    public static func resource(
        _ bytes: [UInt8], as schema: ResourceSchema, id: String? = nil
    ) throws -> ResourceInput {
        var reader = DocumentReader()
        let document = try reader.parse(bytes)
        let input = reader.read(document, schema, id)
        if let errors = APIErrors(Array(reader.errors.prefix(20))) { throw errors }
        return input
    }

    /// Reads a document whose data is a list of identifiers of one type, at most 1,000.
    public static func identifiers(_ bytes: [UInt8], type: String) throws -> [ResourceIdentifier] {
        var reader = DocumentReader()
        let document = try reader.parse(bytes)
        let found = reader.identifiers(document["data"] ?? .null, type, many: true, at: JSONPointer(tokens: ["data"]))
        if let errors = APIErrors(Array(reader.errors.prefix(20))) { throw errors }
        return found
    }

    /// Reads plain JSON of a form.
    public static func json(_ bytes: [UInt8], as schema: Schema) throws -> JSONValue {
        let value = try DocumentReader().parse(bytes)
        var checker = SchemaChecker()
        checker.check(value, schema, at: .root)
        if let errors = APIErrors(Array(checker.errors.prefix(20))) { throw errors }
        return value
    }

    private func parse(_ bytes: [UInt8]) throws(APIError) -> JSONValue {
        guard !bytes.isEmpty else { throw .malformed("The body is empty; a JSON document is expected.") }
        guard JSONDepth.isAtMost(JSONAPI.depth, bytes) else {
            throw .malformed("The document is nested more than \(JSONAPI.depth) deep.")
        }
        do throws(MartletError) {
            return try JSONValue.parse(bytes)
        } catch { throw .malformed(error.description) }
    }

    private mutating func fail(_ pointer: JSONPointer, _ detail: String, code: String = "invalid", status: Int = 400) {
        errors.append(APIError(status: status, code: code, detail: detail, source: .pointer(pointer.description)))
    }

    private mutating func read(_ document: JSONValue, _ schema: ResourceSchema, _ id: String?) -> ResourceInput {
        let root = JSONPointer(tokens: ["data"])
        let data = document["data"]
        if data?.objectValue == nil { fail(root, "data with one resource is expected.", code: "required") }
        let type = data?["type"]?.stringValue
        if data?.objectValue != nil, type != schema.type {
            fail(
                root.appending("type"), "The type is '\(schema.type)' here.",
                code: type == nil ? "required" : "conflict", status: type == nil ? 400 : 409)
        }
        let given = data?["id"]?.stringValue
        if let id, let data, data.objectValue != nil, given != id {
            fail(
                root.appending("id"), "The id is the one of the path.", code: given == nil ? "required" : "conflict",
                status: given == nil ? 400 : 409)
        }
        return ResourceInput(
            type: schema.type, id: given, attributes: attributes(data?["attributes"], schema),
            relationships: relationships(data?["relationships"], schema))
    }

    private mutating func attributes(_ value: JSONValue?, _ schema: ResourceSchema) -> [String: JSONValue] {
        let place = JSONPointer(tokens: ["data", "attributes"])
        if let value, value.objectValue == nil { fail(place, "attributes is an object.") }
        var checker = SchemaChecker()
        checker.check(value ?? .object([]), .object(schema.attributes), at: place)
        errors += checker.errors
        var attributes: [String: JSONValue] = [:]
        for member in value?.objectValue ?? [] { attributes[member.key] = member.value }
        return attributes
    }

    private mutating func relationships(
        _ value: JSONValue?, _ schema: ResourceSchema
    ) -> [String: [ResourceIdentifier]] {
        let place = JSONPointer(tokens: ["data", "relationships"])
        if let value, value.objectValue == nil { fail(place, "relationships is an object.") }
        var relationships: [String: [ResourceIdentifier]] = [:]
        for member in value?.objectValue ?? [] {
            guard let known = schema.relationships.first(where: { $0.name == member.key }) else {
                fail(place.appending(member.key), "There is no relationship of this name here.")
                continue
            }
            guard let data = member.value["data"] else {
                fail(place.appending(member.key), "A relationship has data.", code: "required")
                continue
            }
            relationships[known.name] = identifiers(
                data, known.type, many: known.isMany, at: place.appending(known.name).appending("data"))
        }
        for known in schema.relationships where known.isRequired && relationships[known.name]?.isEmpty ?? true {
            fail(place.appending(known.name), "\(known.name) is needed.", code: "required")
        }
        return relationships
    }

    private mutating func identifiers(
        _ data: JSONValue, _ type: String, many: Bool, at place: JSONPointer
    ) -> [ResourceIdentifier] {
        if data.isNull, !many { return [] }
        let elements = many ? data.arrayValue : [data]
        guard let elements, elements.count <= 1000 else {
            fail(place, "A list of at most 1,000 resource identifiers is expected.")
            return []
        }
        var found: [ResourceIdentifier] = []
        for (index, element) in elements.enumerated() {
            let here = many ? place.appending(index) : place
            guard let id = element["id"]?.stringValue, element["type"]?.stringValue == type, id.utf8.count <= 255 else {
                fail(here, "A resource identifier with the type '\(type)' and an id is expected.")
                continue
            }
            found.append(ResourceIdentifier(type, id))
        }
        return found
    }
}
