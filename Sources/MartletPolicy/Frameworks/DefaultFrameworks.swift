import MartletCore

/// Frameworks that every tenant has without asking for them, and what they held in earlier versions of the program.
///
/// What a tenant decides holds: a framework that it removed stays away, and one whose content is the tenant's own stays as
/// it is. So nothing else has to be remembered than the contents that a tenant has had.
public struct DefaultFrameworks: Sendable {
    /// One framework.
    public struct Entry: Sendable {
        /// Its id.
        public let id: String
        /// The hashes of all contents that were ever given out under the id, the newest last; never empty.
        public let contents: [ContentHash]
        /// Its JSON as it is today. Only asked for when it has to be added.
        public let document: @Sendable () -> [UInt8]

        /// Makes an entry; nil without any content.
        public init?(id: String, contents: [ContentHash], document: @escaping @Sendable () -> [UInt8]) {
            guard !contents.isEmpty else { return nil }
            self.id = id
            self.contents = contents
            self.document = document
        }
    }

    /// A content of a framework that a tenant has or had.
    public struct Holding: Sendable, Hashable {
        /// Its hash.
        public var content: ContentHash
        /// Whether it is in use.
        public var isActive: Bool

        /// Makes a holding.
        public init(content: ContentHash, isActive: Bool) {
            self.content = content
            self.isActive = isActive
        }
    }

    /// The frameworks.
    public let entries: [Entry]
    /// Whether they are added where they are missing.
    public let areAdded: Bool

    /// Frameworks of a program. Where they are not added, what a tenant removed is remembered all the same.
    public init(_ entries: [Entry], areAdded: Bool = true) {
        self.entries = entries
        self.areAdded = areAdded
    }

    /// No frameworks.
    public static let none = DefaultFrameworks([], areAdded: false)

    /// The ids of all of them.
    public var ids: [String] { entries.map(\.id) }

    /// What is to be added to a tenant: what it never had, and newer contents of what it has had from here.
    ///
    /// - Parameter held: All contents that the tenant has and had, by the frameworks' ids.
    public func missing(in held: [String: [Holding]]) -> [Entry] {
        guard areAdded else { return [] }
        return entries.filter { entry in
            guard let holdings = held[entry.id], !holdings.isEmpty else { return true }
            // None in use: the tenant has removed it.
            guard let active = holdings.first(where: \.isActive)?.content else { return false }
            // A content that is not known here is the tenant's own, or one of a newer program on the same store.
            return active != entry.contents.last && entry.contents.contains(active)
        }
    }

    /// Whether a tenant has nothing but what came by itself: contents from here, all in use.
    public func isUntouched(_ held: [String: [Holding]]) -> Bool {
        held.allSatisfy { id, holdings in
            guard let entry = entries.first(where: { $0.id == id }) else { return false }
            return holdings.count == 1 && holdings.allSatisfy { $0.isActive && entry.contents.contains($0.content) }
        }
    }
}
