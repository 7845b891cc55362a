import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// A driver that the conformance suite runs on. Another database is one more element of ``all``.
struct Driver: Sendable, CustomTestStringConvertible {
    let name: String
    /// Opens an empty database in a place of its own; what is returned with it keeps the place alive.
    private let open: @Sendable () async throws -> (database: any Database, keeper: any Sendable)
    /// Takes the place away after the database was closed.
    private let remove: @Sendable (any Sendable) async -> Void
    /// The names of all tables that the connection's schema has.
    let tables: @Sendable (any Connection) throws -> [String]

    var testDescription: String { name }

    static let all: [Driver] = [sqlite, postgres]

    static let sqlite = Driver(
        name: "SQLite",
        open: {
            let folder = try TemporaryFolder()
            return (try SQLiteDatabase(path: folder.file("store.db"), create: true), folder)
        },
        remove: { _ in },
        tables: { connection in
            var names: [String] = []
            try connection.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            ) { names.append($0.text(0)) }
            return names
        })

    static let postgres = Driver(
        name: "PostgreSQL",
        open: {
            let place = try await PostgresPlace()
            return (PostgresDatabase(try PostgresSettings(url: place.url)), place)
        },
        remove: { keeper in await (keeper as? PostgresPlace)?.remove() },
        tables: { connection in
            var names: [String] = []
            try connection.query(
                """
                SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                AND c.relname <> 'receipts'
                AND (c.relkind = 'r' OR c.relkind = 'S' AND c.relname NOT LIKE '%\\_id\\_seq') ORDER BY 1
                """
            ) { names.append($0.text(0)) }
            return names
        })

    /// Runs `body` on an empty database, as the login itself.
    func withDatabase(_ body: (any Database) async throws -> Void) async throws {
        let (database, keeper) = try await open()
        do {
            try await body(database)
        } catch {
            await database.close()
            await remove(keeper)
            throw error
        }
        await database.close()
        await remove(keeper)
        withExtendedLifetime(keeper) {}
    }

    func withStore(_ body: (Store) async throws -> Void) async throws {
        try await withDatabase { database in
            try await body(try await Store.open(database: database, url: "test:store", tenant: "first"))
        }
    }

    /// A store and one account in it.
    func withAccount(_ body: (Store, AccountID) async throws -> Void) async throws {
        try await withStore { store in
            let account = try await store.database.write { try Sample.account("111", store.tenant, $0) }
            try await body(store, account)
        }
    }
}

extension Store {
    /// The rows of all tenants, as the login that owns the tables sees them.
    var everything: any Database { database.scoped(to: .owner) }
}
