import Glibc
import MartletCore

/// Preparing and inspecting a database, apart from any tenant.
public struct DatabaseInspection: Sendable {
    private let database: any Database
    private let place: String

    /// Describes the database of an URL. Throws ``MartletError`` when there is none and `create` does not ask for one.
    public init(url: String, create: Bool) throws {
        if PostgresSettings.accepts(url) {
            let settings = try PostgresSettings(url: url)
            database = PostgresDatabase(settings)
            place = settings.place
            return
        }
        place = try Store.sqlitePath(of: url)
        database = try Store.sqlite(path: place, create: create)
    }

    /// Brings the schema up to date, with roles, rights and policies.
    public func migrate() async throws { try await database.write { try Migrator.migrate($0) } }

    /// What the database is and how far its schema has come.
    public func status() async throws -> DatabaseStatus {
        let place = place
        return try await database.read { connection in
            var version: Int64 = 0
            if try connection.hasTable("migrations") {
                version = try connection.first("SELECT COALESCE(MAX(version), 0) FROM migrations") { $0.int(0) } ?? 0
            }
            return DatabaseStatus(
                place: place, server: try connection.serverName(), version: version,
                newest: Migration.all.last?.version ?? 0, isCurrent: try Migrator.isCurrent(connection))
        }
    }

    /// What must be put right before the database can be relied on; empty when nothing is.
    public func check() async throws -> [DatabaseProblem] {
        try await database.read { connection in
            guard try Migrator.isCurrent(connection) else {
                return [
                    DatabaseProblem(
                        "schema",
                        "It is not this program's; run `martlet database migrate`, or use the martlet that made it.")
                ]
            }
            return try connection.problems()
        }
    }

    /// Closes the connections.
    public func close() async { await database.close() }
}
