import MartletCore

/// The checks a tenant has: shipped ones, its own, and the parameters it has changed.
public struct CheckLibrary: Sendable {
    /// A check with where it comes from and what the tenant changed.
    public struct Entry: Sendable {
        /// The check.
        public let definition: CheckDefinition
        /// Where it comes from.
        public let origin: CheckOrigin
        /// Values of parameters that differ from the defaults, by name.
        public let parameters: [String: JSONValue]
    }

    /// All checks, sorted by provider and id.
    public let entries: [Entry]
    private let positions: [String: Int]

    /// Puts a library together. A check of the tenant's does not replace a shipped one of the same id.
    ///
    /// - Parameter parameters: Changed parameters by check and name; those of checks that are not here are left out.
    public init(
        shipped: [CheckDefinition], own: [CheckDefinition] = [], parameters: [String: [String: JSONValue]] = [:]
    ) {
        var entries: [Entry] = []
        var taken: Set<String> = []
        for (definitions, origin) in [(shipped, CheckOrigin.shipped), (own, .tenant)] {
            for definition in definitions where taken.insert(definition.id).inserted {
                entries.append(
                    Entry(definition: definition, origin: origin, parameters: parameters[definition.id] ?? [:]))
            }
        }
        self.entries = entries.sorted {
            ($0.definition.provider, $0.definition.id) < ($1.definition.provider, $1.definition.id)
        }
        var positions: [String: Int] = [:]
        for (position, entry) in self.entries.enumerated() {
            for alias in entry.definition.aliases { positions[alias.lowercased()] = position }
        }
        for (position, entry) in self.entries.enumerated() { positions[entry.definition.id] = position }
        self.positions = positions
    }

    /// The check of an id or alias, in any case; nil when there is none.
    public subscript(name: String) -> Entry? {
        (positions[name] ?? positions[name.lowercased()]).map { entries[$0] }
    }

    /// The checks of a provider, ready to run. Throws the first error of ``CompiledCheck/init(_:parameters:)``.
    public func compiled(_ provider: Provider) throws(MartletError) -> [CompiledCheck] {
        var compiled: [CompiledCheck] = []
        for entry in entries where entry.definition.provider == provider {
            compiled.append(try CompiledCheck(entry.definition, parameters: entry.parameters))
        }
        return compiled
    }
}
