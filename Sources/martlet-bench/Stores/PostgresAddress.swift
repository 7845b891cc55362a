import MartletCore
import MartletStore

/// A PostgreSQL database's URL, taken apart far enough to name schemas and sessions in it.
struct PostgresAddress: Sendable {
    /// The schema that the URL names; nil when it names none.
    private(set) var schema: String?
    private let base: String
    /// libpq's parameters.
    private var parameters: [String] = []
    private var pool: String?

    /// Throws `MartletError` (`usage`) for an URL that a store would refuse, too.
    init(_ url: String) throws {
        _ = try PostgresSettings(url: url)
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        base = String(parts[0])
        for parameter in parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : [] {
            if parameter.hasPrefix("schema=") {
                schema = String(parameter.dropFirst(7))
            } else if parameter.hasPrefix("pool=") {
                pool = parameter
            } else {
                parameters.append(parameter)
            }
        }
    }

    /// For libpq.
    var connection: String { Self.join(base, parameters) }

    /// For a store.
    var url: String { Self.join(base, parameters + [pool, schema.map { "schema=" + $0 }].compactMap { $0 }) }

    /// The same database with another schema.
    func inSchema(_ name: String) -> PostgresAddress {
        var copy = self
        copy.schema = name
        return copy
    }

    /// The same store with so many connections.
    func pooled(_ connections: Int) -> PostgresAddress {
        var copy = self
        copy.pool = "pool=\(connections)"
        return copy
    }

    /// The same store, whose sessions the server knows by a name.
    func named(_ application: String) -> PostgresAddress {
        var copy = self
        copy.parameters.removeAll { $0.hasPrefix("application_name=") }
        copy.parameters.append("application_name=" + application)
        return copy
    }

    private static func join(_ base: String, _ parameters: [String]) -> String {
        parameters.isEmpty ? base : base + "?" + parameters.joined(separator: "&")
    }
}
