/// A call that is made for each item of a collector, where a selected check needs it.
public struct CollectorChild: Sendable, Hashable {
    /// What checks name it by.
    public var name: String
    /// The call.
    public var request: CollectorRequest
    /// One call for each value at this path of the item; the child is then the list of the answers. Nil: one call.
    public var forEach: FieldPath?
    /// A collector whose items are looked up first, by `id` in lower case, so that one list takes the place of many calls.
    /// Where the list cannot be had, or does not have the id, the call is made.
    public var lookUp: String?

    /// Makes a child with one call an item.
    public init(name: String, request: CollectorRequest) {
        self.name = name
        self.request = request
    }

    /// Whether two items may well make the same call, so that answers are worth keeping.
    var isShared: Bool { forEach != nil || !request.path.begins(with: "id") && !request.path.begins(with: "kid") }
}
