/// How to get the items of one type of resource: an entry of `Collectors/<provider>/*.yaml`.
public struct CollectorDefinition: Sendable, Hashable {
    /// What checks name it by: `provider.service.thing`.
    public var id: String
    /// The items in words, plural.
    public var title: String
    /// The provider's name for the kind of host, which decides the base URL and the token: `arm`, `graph`, …
    public var host: String
    /// The call that lists the items, or that gives the one.
    public var list: CollectorRequest
    /// The answer as a whole is the one item.
    public var isSingle = false
    /// The collector below whose items this one's are listed, and what placeholders call its item.
    public var from: (name: String, collector: String)? {
        get { fromName.flatMap { name in fromCollector.map { (name, $0) } } }
        set { (fromName, fromCollector) = (newValue?.name, newValue?.collector) }
    }
    private var fromName: String?
    private var fromCollector: String?
    /// What its items are as resources.
    public var resource = CollectorResource()
    /// Calls for each item, by name.
    public var children: [String: CollectorChild] = [:]
    /// Where it stands, `file:line:column`.
    public var place: String

    /// Makes a collector without children.
    public init(id: String, title: String, host: String, list: CollectorRequest, place: String) {
        self.id = id
        self.title = title
        self.host = host
        self.list = list
        self.place = place
    }
}
