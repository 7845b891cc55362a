import MartletCore

/// All collectors of a provider, by id.
public struct CollectorCatalog: Sendable {
    private let collectors: [String: CollectorDefinition]

    /// Puts collectors together.
    ///
    /// - Throws: ``MartletError`` (`invalidInput`) with the place: an id that stands twice, a reference to a collector that
    ///   is not there, and a `from` that leads back to itself.
    public init(_ definitions: [CollectorDefinition]) throws(MartletError) {
        var collectors: [String: CollectorDefinition] = [:]
        for definition in definitions {
            if let other = collectors[definition.id] {
                throw MartletError(
                    .invalidInput, "id: '\(definition.id)' stands at \(other.place), too", place: definition.place)
            }
            collectors[definition.id] = definition
        }
        self.collectors = collectors
        for definition in definitions { try check(definition) }
    }

    /// The collector of an id; nil when there is none.
    public subscript(id: String) -> CollectorDefinition? { collectors[id] }

    /// All collectors, by id.
    public var all: [CollectorDefinition] { collectors.values.sorted { $0.id < $1.id } }

    private func check(_ definition: CollectorDefinition) throws(MartletError) {
        for child in definition.children.values.sorted(by: { $0.name < $1.name }) {
            if let lookUp = child.lookUp, collectors[lookUp] == nil {
                throw unknown(lookUp, "children.\(child.name).look-up", definition)
            }
        }
        var seen: Set<String> = [definition.id]
        var current = definition
        while let from = current.from {
            guard let next = collectors[from.collector] else { throw unknown(from.collector, "from", current) }
            guard seen.insert(next.id).inserted else {
                throw MartletError(
                    .invalidInput, "from: '\(definition.id)' leads back to itself", place: definition.place)
            }
            current = next
        }
    }

    private func unknown(_ id: String, _ field: String, _ definition: CollectorDefinition) -> MartletError {
        MartletError(.invalidInput, "\(field): there is no collector '\(id)'", place: definition.place)
    }
}
