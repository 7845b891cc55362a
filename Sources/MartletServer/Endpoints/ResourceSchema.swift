/// A type of JSON:API resource: its attributes and relationships, as answers give them or as a request takes them.
public struct ResourceSchema: Sendable, Hashable {
    /// The JSON:API type, such as `scans`.
    public let type: String
    /// The name of the OpenAPI component, such as `Scan` or `ScanCreate`; the same name means the same schema.
    public let component: String
    /// The attributes in their order.
    public let attributes: [Property]
    /// The relationships in their order.
    public let relationships: [RelationshipSchema]
    /// The form of the id; in requests of PATCH it must be there, in those of POST it may not.
    public let id: Schema?

    /// A type of its parts.
    public init(
        _ type: String, component: String, id: Schema? = .uuid, attributes: [Property],
        relationships: [RelationshipSchema] = []
    ) {
        self.type = type
        self.component = component
        self.id = id
        self.attributes = attributes
        self.relationships = relationships
    }

    /// The names that `fields[type]` may have.
    public var fieldNames: [String] { attributes.map(\.name) + relationships.map(\.name) }
}
