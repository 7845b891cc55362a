/// An immutable list.
public final class CELList: Sendable {
    /// The elements in their order.
    public let elements: ContiguousArray<CELValue>
    /// What the whole list costs to walk through, in cells; see ``CELValue/weight``.
    public let weight: Int
    /// The first failure in it, however deep; nil when there is none.
    let failure: String?

    /// A list of some elements.
    public init(_ elements: ContiguousArray<CELValue>) {
        self.elements = elements
        var weight = 1
        var failure: String?
        for element in elements {
            weight = weight.addingWeight(element.weight)
            failure = failure ?? element.innerFailure
        }
        self.weight = weight
        self.failure = failure
    }

    /// A list of some elements.
    public convenience init(_ elements: some Sequence<CELValue>) { self.init(ContiguousArray(elements)) }

    /// The empty list.
    public static let empty = CELList(ContiguousArray())

    /// The number of elements.
    public var count: Int { elements.count }
}
