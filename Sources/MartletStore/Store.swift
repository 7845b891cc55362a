import Glibc
import MartletCore
import MartletPolicy

/// A store of one tenant's scans, findings and postures.
public struct Store: Sendable {
    /// The database behind it.
    public let database: any Database
    /// The tenant's number.
    public let tenant: Int64
    /// The tenant's name.
    public let tenantName: String
    /// Where the store is, as it was given, but without a password.
    public let url: String
    /// Frameworks that every tenant of the store has without asking for them; none unless a program says so.
    public var defaultFrameworks = DefaultFrameworks.none
    /// The tenant was being removed when the store was opened.
    public var isInRemoval = false

    /// A step behind the making of a tenant, as the dispatch role; it gets the tenant's number.
    public typealias MakingTenant = @Sendable (Int64, any Connection) throws -> Void

    /// Opens a store, bringing its schema up to date.
    ///
    /// - Parameters:
    ///   - url: `sqlite:PATH` or `postgresql://…`.
    ///   - tenant: The tenant's name; it is made when it doesn't exist.
    ///   - create: Make the file (and its folder) when it doesn't exist; otherwise that is an error.
    ///   - cacheKiB: What is kept of an embedded store in memory at most, in KiB; nil for what large imports need.
    ///   - making: What belongs into the transaction that makes the tenant.
    public static func open(
        url: String, tenant: String = "default", create: Bool = true, cacheKiB: Int? = nil,
        making: @escaping MakingTenant = { _, _ in }
    ) async throws -> Store {
        if PostgresSettings.accepts(url) {
            let settings = try PostgresSettings(url: url)
            return try await open(
                database: PostgresDatabase(settings), url: settings.place, tenant: tenant, making: making)
        }
        let path = try sqlitePath(of: url)
        return try await open(
            database: try sqlite(path: path, create: create, cacheKiB: cacheKiB), url: url, tenant: tenant,
            making: making)
    }

    /// The database in a file, whose folder is made when `create` allows.
    static func sqlite(path: String, create: Bool, cacheKiB: Int? = nil) throws -> SQLiteDatabase {
        if create {
            try makeFolder(of: path)
        } else if access(path, F_OK) != 0 {
            throw MartletError(
                .notFound, "There is no store yet; `martlet import FILE` makes one, or name another by --database.",
                place: path)
        }
        return try SQLiteDatabase(path: path, create: create, cacheKiB: cacheKiB)
    }

    /// Opens a store on a database that is already connected.
    public static func open(
        database: any Database, url: String, tenant: String, making: @escaping MakingTenant = { _, _ in }
    ) async throws -> Store {
        guard !tenant.isEmpty, tenant.utf8.count <= 255 else {
            throw MartletError(.usage, "A tenant's name has 1 to 255 bytes.", place: "--tenant")
        }
        let owner = database.scoped(to: .owner)
        let known = try await owner.readRetrying { connection -> (isCurrent: Bool, tenant: Int64?, isInRemoval: Bool) in
            guard try Migrator.isCurrent(connection) else { return (false, nil, false) }
            try connection.enter(.dispatch)
            let tenant = try Accounts.knownTenant(named: tenant, connection)
            return (true, tenant?.number, tenant?.isInRemoval ?? false)
        }
        if !known.isCurrent { try await owner.write { try Migrator.migrateIfNeeded($0) } }
        let number =
            if let tenant = known.tenant {
                tenant
            } else {
                try await database.scoped(to: .dispatch).write { connection in
                    // Another process may be making it.
                    try connection.lock(.tenants)
                    if let number = try Accounts.existingTenant(named: tenant, connection) { return number }
                    let number = try Accounts.tenant(named: tenant, connection)
                    try making(number, connection)
                    return number
                }
            }
        return Store(
            database: database.scoped(to: .tenant(number)), tenant: number, tenantName: tenant, url: url,
            isInRemoval: known.isInRemoval)
    }

    /// Closes the store; nothing may be called afterwards.
    public func close() async { await database.close() }

    /// Reads one snapshot. `body` runs on the connection's thread.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws -> Result
    ) async throws -> Result {
        let tenant = tenant
        return try await database.read { try body(StoreReader(connection: $0, tenant: tenant)) }
    }

    /// The same for a `body` that gives nothing away before its end: after a lost connection it may run again from its
    /// beginning.
    public func readRetrying<Result: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws -> Result
    ) async throws -> Result {
        let tenant = tenant
        return try await database.readRetrying { try body(StoreReader(connection: $0, tenant: tenant)) }
    }

    /// How many SQL statements have run.
    public var statementCount: Int { get async { await database.statementCount } }

    static func sqlitePath(of url: String) throws -> String {
        guard url.hasPrefix("sqlite:"), url.utf8.count > 7 else {
            throw MartletError(.usage, "A store's URL is sqlite:PATH or postgresql://….", place: "--database")
        }
        var path = String(url.dropFirst(7))
        if path.hasPrefix("//") { path = String(path.dropFirst(2)) }
        return path
    }

    private static func makeFolder(of path: String) throws {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += part + "/"
            guard folder != "/", access(folder, F_OK) != 0 else { continue }
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw MartletError(
                    .io, "The store's folder cannot be made (\(String(cString: strerror(errno)))).", place: folder)
            }
        }
    }
}
