import MartletCore
import MartletPolicy

/// What check texts say of checks besides their sentences, for whoever counts by it.
public struct CheckFacts: Sendable {
    /// Categories of each check's number, in every text there is of it.
    public private(set) var categoriesOfCheck: [Int64: Set<String>] = [:]
    /// The text of each text's number: check, service, title and categories.
    public private(set) var texts: [Int64: Text] = [:]

    /// A text without its document.
    public struct Text: Sendable, Hashable {
        /// The check's number.
        public var check: Int64
        /// May be empty.
        public var service: String
        /// The check's one-line title.
        public var title: String
        /// What the source says the check looks for; may be empty.
        public var description: String
        /// Sorted.
        public var categories: [String]
        /// How its remediation is given.
        public var remedy: RemedyKind
    }

    /// Reads all texts of a tenant: as many as there are checks, and more only where their contents changed.
    public static func load(tenant: Int64, _ connection: any Connection) throws -> CheckFacts {
        var facts = CheckFacts()
        try connection.query(
            "SELECT id, check_id, service, title, document FROM check_texts WHERE tenant = $1", [.int(tenant)]
        ) { row in
            let document = try JSONValue.parse(row.text(4))
            let categories = Set(document["categories"]?.arrayValue?.compactMap(\.stringValue) ?? [])
            facts.texts[row.int(0)] = Text(
                check: row.int(1), service: row.text(2), title: row.text(3),
                description: document["description"]?.stringValue ?? "", categories: categories.sorted(),
                remedy: RemedyKind(document: document))
            facts.categoriesOfCheck[row.int(1), default: []].formUnion(categories)
        }
        return facts
    }
}
