import MartletCore
import MartletStore

/// Statements on a connection of libpq.
final class PostgresRawClient: RawClient {
    private let link: PostgresLink
    private let schema: String

    init(_ store: PostgresBenchStore) throws {
        link = try PostgresLink(store.address)
        schema = store.schema
    }

    /// In one round trip with the settings that Martlet makes for each transaction.
    func begin(_ scope: DatabaseScope, isReadOnly: Bool) throws {
        let role: String
        switch scope {
        case .owner: role = "SET LOCAL ROLE NONE; SET LOCAL martlet.tenant = ''"
        case .dispatch: role = "SET LOCAL ROLE \(schema)_dispatch; SET LOCAL martlet.tenant = ''; SET LOCAL jit = off"
        case .tenant(let tenant): role = "SET LOCAL ROLE \(schema)_app; SET LOCAL martlet.tenant = '\(tenant)'"
        }
        try link.run(
            """
            BEGIN ISOLATION LEVEL \(isReadOnly ? "REPEATABLE READ READ ONLY" : "READ COMMITTED");
            SET LOCAL search_path = \(schema), pg_temp; SET LOCAL statement_timeout = 60000;
            SET LOCAL lock_timeout = 30000; SET LOCAL idle_in_transaction_session_timeout = 60000;
            SET LOCAL cursor_tuple_fraction = 1; \(role)
            """)
    }

    func run(_ statement: RecordedTransaction.Statement) throws -> [[String]] {
        try link.rows(statement.sql, statement.values)
    }

    func commit() throws { try link.run("COMMIT") }
}
