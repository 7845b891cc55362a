import MartletCore

extension StoreReader {
    /// Conditions on `resources r` and its account `a`, with the values of all placeholders; `$1` is the tenant.
    struct Conditions {
        var text = ""
        var values: [Value]

        /// The placeholder of a value.
        mutating func bind(_ value: Value) -> String {
            values.append(value)
            return "$\(values.count)"
        }

        mutating func add(_ condition: String) { text += text.isEmpty ? condition : " AND " + condition }
    }

    /// Candidates by tag that one condition may name.
    private static let maximumTagged = 20_000

    func resourceConditions(
        _ query: ResourceQuery, _ views: [View], after last: ResourceNumber?
    ) throws -> Conditions {
        var parts = Conditions(values: [.int(tenant)])
        if views.allSatisfy(\.isCurrent) {
            parts.add("r.closed_in IS NULL AND r.opened_in <= a.published")
        } else if views.count > 1 {
            // Numbers of the store, never input.
            let past = views.filter { !$0.isCurrent }.map { "WHEN \($0.id.account) THEN \($0.generation)" }
            let generation = "(CASE r.account \(past.joined(separator: " ")) ELSE a.published END)"
            parts.add("r.opened_in <= \(generation) AND (r.closed_in IS NULL OR r.closed_in > \(generation))")
        } else if let view = views.first {
            let generation = parts.bind(.int(view.generation))
            parts.add("r.opened_in <= \(generation) AND (r.closed_in IS NULL OR r.closed_in > \(generation))")
        }
        if !query.accounts.isEmpty || !views.allSatisfy(\.isCurrent) {
            parts.add("r.account IN (\(Self.list(views.map(\.id.account))))")
        }
        if let last {
            let (account, resource) = (parts.bind(.int(last.account)), parts.bind(.int(last.resource)))
            parts.add("(r.account, r.resource) > (\(account), \(resource))")
        }
        if let numbers = query.numbers { parts.add(Self.among(numbers)) }
        try addTexts(query, &parts)
        for (column, range) in [("r.first_seen_at", query.firstSeen), ("r.updated_at", query.updated)] {
            guard let range else { continue }
            let (low, high) = (parts.bind(.time(range.lowerBound)), parts.bind(.time(range.upperBound)))
            parts.add("\(column) BETWEEN \(low) AND \(high)")
        }
        var tagged: Set<ResourceNumber>?
        for tag in query.tags where tag.value != nil {
            var found: Set<ResourceNumber> = []
            for view in views {
                let numbers = try ResourceTags.resources(
                    with: Tag(key: tag.key, value: tag.value ?? ""), view.id, upTo: view.generation, connection)
                for number in numbers { found.insert(.init(account: view.id.account, resource: number)) }
            }
            tagged = tagged?.intersection(found) ?? found
        }
        if let tagged, tagged.count <= Self.maximumTagged { parts.add(Self.among(tagged)) }
        return parts
    }

    private func addTexts(_ query: ResourceQuery, _ parts: inout Conditions) throws {
        func column(_ text: ResourceQuery.Text) -> String { "r.\(text.rawValue)" }
        for (text, values) in query.texts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let bound = values.map { parts.bind(.text($0)) }.joined(separator: ", ")
            parts.add(values.isEmpty ? "1 = 0" : "\(column(text)) IN (\(bound))")
            guard text == .uid, !values.isEmpty else { continue }
            var hasher = ContentHasher()
            let keys = values.map { parts.bind(.hash(FindingIdentity.resourceKey($0, hasher: &hasher))) }
            parts.add("r.uid_key IN (\(keys.joined(separator: ", ")))")
        }
        for (text, part) in query.parts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            parts.add("LOWER(\(column(text))) LIKE \(parts.bind(.text(Self.contains(part)))) ESCAPE '!'")
        }
        if let search = query.search {
            let pattern = parts.bind(.text(Self.contains(search)))
            let any = ResourceQuery.Text.allCases.map { "LOWER(\(column($0))) LIKE \(pattern) ESCAPE '!'" }
            parts.add("(\(any.joined(separator: " OR ")))")
        }
    }

    private static func among(_ numbers: Set<ResourceNumber>) -> String {
        let groups = Dictionary(grouping: numbers, by: \.account).sorted { $0.key < $1.key }.map { account, numbers in
            "(r.account = \(account) AND r.resource IN (\(list(numbers.map(\.resource)))))"
        }
        return groups.isEmpty ? "1 = 0" : "(\(groups.joined(separator: " OR ")))"
    }
}

extension ResourceQuery {
    /// Whether the conditions on tags hold.
    func matches(_ tags: [Tag]) -> Bool {
        func has(_ part: String, _ text: String) -> Bool { text.lowercased().contains(part.lowercased()) }
        guard self.tags.allSatisfy({ filter in tags.contains { filter.matches($0) } }) else { return false }
        if let tagValue, !tags.contains(where: { $0.value == tagValue }) { return false }
        if let anyTag, !tags.contains(where: { has(anyTag, $0.key) || has(anyTag, $0.value) }) { return false }
        return true
    }
}
