import MartletCore

/// Which resources a page is about, and in which order. Empty and nil mean "any".
public struct ResourceQuery: Sendable, Hashable {
    /// What resources may be ordered by.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        case accountUID, uid, name, region, service, type, firstSeen, updated
    }

    /// A key of an order, and whether it goes the other way round.
    public struct Term: Sendable, Hashable {
        /// What to order by.
        public var key: Order
        /// The largest first.
        public var isDescending: Bool

        /// One term of an order.
        public init(_ key: Order, isDescending: Bool) {
            self.key = key
            self.isDescending = isDescending
        }
    }

    /// Texts of a resource.
    public enum Text: String, Sendable, Hashable, CaseIterable {
        case uid, name, type, service, region
    }

    /// Accounts whose resources are wanted.
    public var accounts: AccountFilter = .init()
    /// Resources, one by one.
    public var numbers: Set<ResourceNumber>?
    /// Texts, exactly: any of several.
    public var texts: [Text: [String]] = [:]
    /// Parts that texts must contain, without regard to ASCII case.
    public var parts: [Text: String] = [:]
    /// All of these tags must be on the resource.
    public var tags: [TagFilter] = []
    /// A part of any tag's value; a part of any tag's key or value.
    public var tagValue: String?
    /// A part of any tag's key or value.
    public var anyTag: String?
    /// A part of any text.
    public var search: String?
    /// When the resource was first seen, bounds included.
    public var firstSeen: ClosedRange<Timestamp>?
    /// When it last changed, bounds included.
    public var updated: ClosedRange<Timestamp>?
    /// The most important first; then the order of accounts and numbers.
    public var order: [Term] = []

    /// Every resource.
    public init() {}

    /// Nothing but accounts is asked for.
    var hasAccountsOnly: Bool {
        numbers == nil && texts.isEmpty && parts.isEmpty && search == nil && firstSeen == nil && updated == nil
            && !isNarrow
    }

    /// Rows may fall through that SQL lets pass.
    var isNarrow: Bool { !tags.isEmpty || tagValue != nil || anyTag != nil }
}
