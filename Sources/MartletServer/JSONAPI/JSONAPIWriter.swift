import MartletCore

/// Writes a JSON:API document piece by piece.
///
///     var writer = JSONAPIWriter(query: context.query)
///     writer.beginList()
///     for scan in scans {
///         writer.resource(ResourceIdentifier("scans", scan.id)) { resource in
///             resource.attribute("name", scan.name)
///             resource.one("provider", ResourceIdentifier("providers", scan.account))
///         }
///     }
///     writer.endList(links: PageLinks(context, count: count), count: count)
///     return writer.response()
public struct JSONAPIWriter {
    private let query: JSONAPIQuery
    private var json = JSONWriter()
    private var included = JSONWriter()
    private var includedNames: Set<ResourceIdentifier> = []
    private var hasMeta = false

    /// A writer of an answer to a query, whose sparse fields it keeps to.
    public init(query: JSONAPIQuery = JSONAPIQuery()) {
        self.query = query
        json.beginObject()
    }

    /// The bytes that have been written and not been taken.
    public var count: Int { json.count }

    /// The bytes since the last call, for answers that are streamed.
    public mutating func takeBytes() -> [UInt8] { json.takeBytes() }

    /// Writes the one resource of a document (then ``finish(meta:)``).
    public mutating func single(_ identifier: ResourceIdentifier, _ write: (inout ResourceWriter) -> Void) {
        json.key("data")
        resource(identifier, write)
    }

    /// Begins the list of a document.
    public mutating func beginList() {
        json.key("data")
        json.beginArray()
    }

    /// Writes a resource of the list.
    public mutating func resource(_ identifier: ResourceIdentifier, _ write: (inout ResourceWriter) -> Void) {
        var resource = ResourceWriter(json: json, identifier: identifier, fields: query.fields[identifier.type])
        // One owner at a time, so that the bytes are never copied.
        json = JSONWriter()
        write(&resource)
        resource.finish()
        json = resource.json
    }

    /// Writes a resource beside the data, once however often it is named.
    public mutating func include(_ identifier: ResourceIdentifier, _ write: (inout ResourceWriter) -> Void) {
        guard includedNames.insert(identifier).inserted else { return }
        if includedNames.count == 1 { included.beginArray() }
        var resource = ResourceWriter(json: included, identifier: identifier, fields: query.fields[identifier.type])
        included = JSONWriter()
        write(&resource)
        resource.finish()
        included = resource.json
    }

    /// Ends the list and the document.
    ///
    /// - Parameters:
    ///   - links: The links to other pages; nil for a list without pages.
    ///   - meta: Further members of `meta`.
    public mutating func endList(links: PageLinks?, meta: [JSONValue.Member] = []) {
        json.endArray()
        if let links { links.write(&json) }
        finish(pagination: links, meta: meta)
    }

    /// Ends the document of a single resource.
    public mutating func finish(meta: [JSONValue.Member] = []) { finish(pagination: nil, meta: meta) }

    private mutating func finish(pagination: PageLinks?, meta: [JSONValue.Member]) {
        if !includedNames.isEmpty {
            included.endArray()
            json.key("included")
            json.raw(included.bytes)
        }
        json.key("meta")
        json.beginObject()
        pagination?.writeMeta(&json)
        for member in meta { json.field(member.key, member.value) }
        json.field("version", "v1")
        json.endObject()
        json.endObject()
    }
}
