/// A parameter of the query that belongs to none of JSON:API's families.
public struct ParameterSpec: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// How its value is written.
    public let kind: FilterSpec.Kind
    /// What it does, in a sentence.
    public let summary: String
    /// Whether it must be there.
    public let isRequired: Bool

    /// A parameter of its parts.
    public init(_ name: String, _ kind: FilterSpec.Kind, _ summary: String, required: Bool = false) {
        self.name = name
        self.kind = kind
        self.summary = summary
        isRequired = required
    }
}
