import MartletCore

/// What a check is given in an example, as the provider's API answers it, and the verdict it must give.
public struct CheckExample: Sendable, Hashable {
    /// What the example shows; unique in its check.
    public var name: String
    /// Why it is there.
    public var kind: CheckExampleKind
    /// The verdict it must get; of several outcomes the worst.
    public var verdict: CheckVerdict
    /// What the message must be, to the letter; nil when it does not matter.
    public var message: String?
    /// The severity it must get; nil when it does not matter.
    public var severity: Severity?
    /// All outcomes in order, where the check gives several; nil when only the worst matters.
    public var outcomes: [CheckExampleOutcome]?
    /// The collector's item.
    public var resource: JSONValue
    /// Answers of children by their names: an object, or a list where the child has items.
    public var child: [String: JSONValue]
    /// The items below which it was listed, by the names of the collector's `from`.
    public var parent: [String: JSONValue]
    /// Items of other collectors by the names of `with`, as lists.
    public var data: [String: JSONValue]
    /// Parameters that differ from their defaults.
    public var parameters: [String: JSONValue]
    /// The account: `id`, `name` and `tenant`.
    public var account: JSONValue
    /// The time at which the check looks.
    public var now: Timestamp
    /// Where the example stands, `file:line:column`.
    public var place: String

    /// The moment of examples that name none: 2026-01-01T00:00:00Z.
    public static let defaultNow = Timestamp(milliseconds: 1_767_225_600_000)

    /// The account of examples that name none.
    public static let defaultAccount = JSONValue.object([
        .init("id", .string("00000000-0000-0000-0000-000000000001")),
        .init("name", .string("Example")),
        .init("tenant", .string("00000000-0000-0000-0000-0000000000aa")),
    ])

    /// Makes an example of an item alone.
    public init(name: String, kind: CheckExampleKind, verdict: CheckVerdict, resource: JSONValue, place: String = "") {
        self.name = name
        self.kind = kind
        self.verdict = verdict
        self.resource = resource
        self.place = place
        child = [:]
        parent = [:]
        data = [:]
        parameters = [:]
        account = Self.defaultAccount
        now = Self.defaultNow
    }
}
