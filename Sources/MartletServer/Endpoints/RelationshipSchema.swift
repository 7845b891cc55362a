/// A relationship of a resource.
public struct RelationshipSchema: Sendable, Hashable {
    /// Its name, such as `provider`.
    public let name: String
    /// The type of the other resources, such as `providers`.
    public let type: String
    /// Whether it leads to any number of resources; otherwise to one or none.
    public let isMany: Bool
    /// In requests: whether it must be there.
    public let isRequired: Bool

    /// A relationship to one resource, or none.
    public static func one(_ name: String, _ type: String, required: Bool = false) -> RelationshipSchema {
        RelationshipSchema(name: name, type: type, isMany: false, isRequired: required)
    }

    /// A relationship to any number of resources.
    public static func many(_ name: String, _ type: String, required: Bool = false) -> RelationshipSchema {
        RelationshipSchema(name: name, type: type, isMany: true, isRequired: required)
    }
}
