/// A member of an object, such as an attribute of a resource.
public struct Property: Sendable, Hashable {
    /// The key.
    public let name: String
    /// The form of the value.
    public let schema: Schema
    /// What it means, in a sentence; empty where the name says it.
    public let summary: String
    /// In requests: whether it must be there. In answers every member is there unless sparse fields leave it out.
    public let isRequired: Bool

    /// A member of its parts.
    public init(_ name: String, _ schema: Schema, _ summary: String = "", required: Bool = false) {
        self.name = name
        self.schema = schema
        self.summary = summary
        isRequired = required
    }
}
