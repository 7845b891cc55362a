import MartletCore
import MartletStore

/// A store that a benchmark makes, measures and removes: where it lives, how large it is, what it is compared with.
protocol BenchStore: Sendable {
    /// What opens it.
    var url: String { get }
    /// What its tables and indexes take, in bytes; 0 while it doesn't exist.
    func size() throws -> Int
    /// Stays the same as long as nothing is written to its tables.
    func mark() throws -> String
    /// Ends what the database still has to do for earlier phases, so that the next one doesn't pay for it.
    func settle() throws
    /// Does what the database would do by itself some time after a store was filled.
    func tidy() throws
    /// Removes everything that belongs to it.
    func remove() throws
    /// Whether there is anything to lose.
    func exists() throws -> Bool
    /// The baseline that copies the rows of this finished store into `target`, which has the schema and no rows.
    func rawBaseline(to target: any BenchStore) throws -> any RawBaseline
}

/// Opens stores by their URLs, as the phases get them.
enum BenchStores {
    static func store(_ url: String) throws -> any BenchStore {
        guard PostgresSettings.accepts(url) else { return try SQLiteBenchStore(url: url) }
        return PostgresBenchStore(address: try PostgresAddress(url))
    }

    /// The URL of a store for so many users at once.
    static func url(_ url: String, connections: Int) throws -> String {
        guard PostgresSettings.accepts(url) else { return url }
        return try PostgresAddress(url).pooled(connections).url
    }
}

extension BenchStore {
    /// Refuses to fill what is there already, and to use again what is not.
    func require(reuse: Bool) throws {
        guard try exists() == reuse else {
            throw MartletError(
                .usage,
                reuse
                    ? "there is no store to use again; --keep leaves one"
                    : "there is something already; --reuse measures it as it is", place: "--database")
        }
    }
}
