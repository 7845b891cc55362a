import MartletCore

extension KnownChecks {
    /// The groups of resources there are, in Prowler's vocabulary, sorted.
    public static let groups: [String] = Set(groupsOfWords.values.flatMap(\.values)).subtracting([none]).sorted()

    /// The group of resources that a check looks at, such as `storage`; nil for a check that is not known or belongs to none.
    public static func group(of check: String, provider: Provider) -> String? {
        guard let words = groupsOfWords[provider.name], ids(for: provider)?.contains(check) == true else { return nil }
        let group = words[check] ?? words[String(check.prefix { $0 != "_" })]
        return group == none ? nil : group
    }

    private static let none = "-"

    private static let groupsOfWords: [String: [String: String]] = groupLists.mapValues { list in
        var groups: [String: String] = [:]
        for line in list.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let group = words.first?.dropLast() else { continue }
            for word in words.dropFirst() { groups[String(word)] = String(group) }
        }
        return groups
    }
}
