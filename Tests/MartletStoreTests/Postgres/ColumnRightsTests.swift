import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// What each role may do with each column, enumerated from the server's catalogue and compared with what is written here, not
/// with the lists from which the rights are granted.
@Suite("PostgreSQL: rights on columns")
struct ColumnRightsTests {
    /// What a role may do with a column.
    struct Rights: OptionSet, Hashable, CustomStringConvertible {
        let rawValue: Int
        static let select = Rights(rawValue: 1)
        static let insert = Rights(rawValue: 2)
        static let update = Rights(rawValue: 4)
        /// Of no use to anybody.
        static let references = Rights(rawValue: 8)
        static let write: Rights = [.select, .insert, .update]
        var description: String { String(rawValue, radix: 2) }
    }

    private static func rights(_ scope: DatabaseScope, _ store: Store) async throws -> [String: [String: Rights]] {
        try await store.database.scoped(to: scope).read { connection in
            var found: [String: [String: Rights]] = [:]
            let verbs = ["SELECT", "INSERT", "UPDATE", "REFERENCES"].map {
                "has_column_privilege(c.oid, a.attnum, '\($0)')"
            }
            try connection.query(
                """
                SELECT c.relname, a.attname, \(verbs.joined(separator: ", "))
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                """
            ) { row in
                var rights: Rights = []
                for bit in 0...3 where row.int(bit + 2) != 0 { rights.insert(Rights(rawValue: 1 << bit)) }
                found[row.text(0), default: [:]][row.text(1)] = rights
            }
            return found
        }
    }

    /// Compares all columns of all tables.
    private static func compare(
        _ found: [String: [String: Rights]], whole: [String: Rights], parts: [String: [Rights: Set<String>]]
    ) {
        #expect(found.count > 50 && Set(whole.keys).union(parts.keys).isSubset(of: found.keys))
        for (table, columns) in found {
            for named in parts[table, default: [:]].values { #expect(named.isSubset(of: columns.keys), "\(table)") }
            for (column, rights) in columns {
                var expected = whole[table] ?? []
                for (more, columns) in parts[table, default: [:]] where columns.contains(column) {
                    expected.formUnion(more)
                }
                #expect(rights == expected, "\(table).\(column)")
            }
        }
    }

    @Test("the dispatch role reaches these columns and no others")
    func dispatch() async throws {
        try await Driver.postgres.withStore { store in
            let tables = [
                "tenants", "fences", "leases", "jobs", "users", "last_numbers", "signing_keys", "login_attempts",
                "work_totals", "work_gauges", "receipts",
            ]
            var whole = Dictionary(uniqueKeysWithValues: tables.map { ($0, Rights.write) })
            whole["migrations"] = .select
            Self.compare(
                try await Self.rights(.dispatch, store), whole: whole,
                parts: [
                    "memberships": [.select: ["tenant", "user_id", "id", "role", "version", "created_at"]],
                    "api_keys": [.select: ["tenant", "id", "prefix"]],
                    "scans": [
                        .select: ["tenant", "id", "attempts", "first_claimed_at"],
                        .update: [
                            "state", "token", "attempts", "queued_at", "first_claimed_at", "claimed_at", "finished_at",
                            "error_code", "error_message",
                        ],
                    ],
                    "schedules": [.select: ["tenant", "id", "look_at", "waiting"], .update: ["look_at"]],
                ])
        }
    }

    @Test("the application role reaches the tables of tenants, and of users what members may see")
    func application() async throws {
        try await Driver.postgres.withStore { store in
            let tables = TableCatalog.copied + TableCatalog.notCopied + ["receipts"]
            var whole = Dictionary(uniqueKeysWithValues: tables.map { ($0, Rights.write) })
            whole["audit_log"] = [.select, .insert]
            whole["migrations"] = .select
            Self.compare(
                try await Self.rights(.tenant(store.tenant), store), whole: whole,
                parts: [
                    "users": [
                        .select: [
                            "id", "email", "name", "company_name", "active", "version", "created_at", "updated_at",
                            "last_login_at",
                        ]
                    ]
                ])
        }
    }
}
