extension Requirement {
    /// Takes over what another statement of the same requirement adds: its checks, attributes and constraints.
    mutating func merge(_ other: Requirement) {
        attributes += other.attributes
        for (provider, added) in other.checks {
            checks[provider] = Self.unique((checks[provider] ?? []) + added)
        }
        configConstraints += other.configConstraints.filter { !configConstraints.contains($0) }
    }

    /// The elements without repetition, in the order of their first occurrence.
    static func unique(_ elements: [String]) -> [String] {
        var seen = Set<String>(minimumCapacity: elements.count)
        return elements.filter { seen.insert($0).inserted }
    }
}
