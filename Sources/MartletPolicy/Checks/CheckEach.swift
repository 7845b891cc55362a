/// Makes a check speak of every element of a list instead of the item as a whole: `each: {in: …, as: subnet}`.
public struct CheckEach: Sendable, Hashable {
    /// A list, or a map whose keys are then the elements.
    public let list: CheckExpression
    /// The variable that holds the element.
    public let name: String

    /// Makes it from its parts.
    public init(list: CheckExpression, name: String) {
        self.list = list
        self.name = name
    }
}
