/// A resource by its type and id.
public struct ResourceIdentifier: Sendable, Hashable {
    /// The JSON:API type, such as `providers`.
    public let type: String
    /// The id, unique within the type.
    public let id: String

    /// An identifier of a type and an id.
    public init(_ type: String, _ id: String) {
        self.type = type
        self.id = id
    }
}
