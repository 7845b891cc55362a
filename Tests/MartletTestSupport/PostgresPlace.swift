import MartletCore
import MartletStore
import Synchronization

/// A schema of the shared server for one test; its tables and roles go with it.
public final class PostgresPlace: Sendable {
    /// The schema's name.
    public let schema: String
    /// The URL of a store in it.
    public let url: String
    private let server: PostgresServer
    private static let number = Atomic(0)

    /// Makes the schema, empty. Few tests at a time have one: the machine is small.
    public init() async throws {
        await Self.turns.take()
        do {
            server = try PostgresServer.shared.get()
            schema = "t\(Self.number.add(1, ordering: .relaxed).newValue)"
            url = server.url(schema: schema)
            // Two words of SQLite that tests, and only they, use in their own statements.
            try server.psql(
                """
                CREATE SCHEMA \(schema);
                CREATE DOMAIN \(schema).blob AS bytea;
                CREATE FUNCTION \(schema).hex(bytea) RETURNS text IMMUTABLE LANGUAGE sql
                AS $$ SELECT upper(encode($1, 'hex')) $$
                """)
        } catch {
            await Self.turns.giveBack()
            throw error
        }
    }

    // More than the tests that hold one place while they wait for a second.
    private static let turns = Turns(24)

    /// Removes everything. Stores on it must be closed.
    public func remove() async {
        let roles = ["\(schema)_app", "\(schema)_dispatch"]
        let drops = roles.map { "DROP OWNED BY \($0); DROP ROLE \($0);" }.joined(separator: " ")
        _ = try? server.psql("DROP SCHEMA \(schema) CASCADE;")
        _ = try? server.psql(drops)
        await Self.turns.giveBack()
    }

    /// Runs SQL as the owner of everything.
    @discardableResult
    public func psql(_ sql: String) throws -> String { try server.psql(sql) }
}

/// Lets a number of tasks through at a time.
private actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
