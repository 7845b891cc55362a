import MartletCore
import Testing

@testable import MartletStore

/// A store of which the audit log can be made to take no rows, and whose tables can be compared.
struct AuditedStore {
    let store: Store

    init(url: String) async throws { store = try await Store.open(url: url, create: false) }

    /// The log takes no rows while this is set.
    func block(_ isBlocked: Bool) async throws {
        let statement =
            switch (store.url.hasPrefix("postgresql"), isBlocked) {
            case (true, true): "ALTER TABLE audit_log ADD CONSTRAINT no_rows CHECK (id = '') NOT VALID"
            case (true, false): "ALTER TABLE audit_log DROP CONSTRAINT no_rows"
            case (false, true):
                "CREATE TRIGGER no_rows BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'no rows'); END"
            case (false, false): "DROP TRIGGER no_rows"
            }
        try await store.database.scoped(to: .owner).write { _ = try $0.execute(statement) }
    }

    /// The audit log, the newest entry first.
    func log() async throws -> [AuditRow] {
        let tenant = store.tenant
        return try await store.database.read {
            try AuditRecords.entries(AuditFilter(), limit: 1_000, tenant: tenant, $0)
        }
    }

    /// Everything that is known of the tenant, by table.
    func dump() async throws -> [String: Set<String>] {
        let tenant = store.tenant
        let users = try await store.database.scoped(to: .dispatch).read { try Self.rows(of: "users", "", [], $0) }
        return try await store.database.read { connection in
            var dump = ["users": users]
            for table in TableCatalog.copied + TableCatalog.notCopied {
                let key = table == "tenants" ? "id" : "tenant"
                dump[table] = try Self.rows(of: table, "WHERE \(key) = $1", [.int(tenant)], connection)
            }
            return dump
        }
    }

    private static func rows(
        of table: String, _ condition: String, _ values: [Value], _ connection: any Connection
    ) throws -> Set<String> {
        // What statements are recognised by is made before the first scan begins, and nobody sees it.
        let columns = try connection.columns(of: table).filter { $0 != "statement_key" }
        var rows: Set<String> = []
        try connection.query("SELECT \(columns.joined(separator: ", ")) FROM \(table) \(condition)", values) { row in
            rows.insert(columns.indices.map { "\(row.value($0))" }.joined(separator: " "))
        }
        return rows
    }
}
