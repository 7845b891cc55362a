/// Who may do what: rights and row-level security of the two roles.
struct PostgresSecurity {
    private let schema: String
    private let application: String
    private let dispatch: String

    init(_ settings: PostgresSettings) {
        schema = PostgresText.quoted(settings.schema)
        application = PostgresText.quoted(settings.applicationRole)
        dispatch = PostgresText.quoted(settings.dispatchRole)
    }

    /// Every table whose rows belong to a tenant, with the column that tells which.
    static let tenantTables: [(table: String, key: String)] = (TableCatalog.copied + TableCatalog.notCopied).map {
        ($0, $0 == "tenants" ? "id" : "tenant")
    }

    /// What the dispatch role sees of all tenants.
    static let dispatchTables = ["tenants", "fences", "leases", "jobs"]

    /// Tables of the installation that only the dispatch role reaches; of users a tenant sees its members.
    static let installationTables = TableCatalog.copiedOfInstallation + TableCatalog.ofInstallation

    /// Tenant tables to which the application role only adds.
    static let appendOnlyTables = ["audit_log"]

    /// What the dispatch role sees of what must be found before the tenant is known, and cannot change.
    static let dispatchSeenColumns: [(table: String, columns: [String])] = [
        ("memberships", ["tenant", "user_id", "id", "role", "version", "created_at"]),
        ("api_keys", ["tenant", "id", "prefix"]),
    ]

    /// What a tenant sees of its members: nothing of passwords and identities.
    static let memberColumns = [
        "id", "email", "name", "company_name", "active", "version", "created_at", "updated_at", "last_login_at",
    ]

    /// What the dispatch role sees and changes of a scan: the columns that say how far its job has come.
    static let dispatchScanColumns = (
        seen: ["tenant", "id", "attempts", "first_claimed_at"],
        changed: [
            "state", "token", "attempts", "queued_at", "first_claimed_at", "claimed_at", "finished_at", "error_code",
            "error_message",
        ]
    )

    /// What the dispatch role sees and changes of a schedule that is not paused: which tenants have something due, and that
    /// one is to be looked at because its scan has ended.
    static let dispatchScheduleColumns = (seen: ["tenant", "id", "look_at", "waiting"], changed: ["look_at"])

    /// Rights on the schema and the tables. Rows are a matter of the policies.
    var rights: [String] {
        func names(_ tables: [String]) -> String { tables.map { "\(schema).\($0)" }.joined(separator: ", ") }
        let tenantTables = names(Self.tenantTables.map(\.table).filter { !Self.appendOnlyTables.contains($0) })
        let dispatchTables = names(Self.dispatchTables + Self.installationTables)
        let seen = Self.dispatchSeenColumns.map {
            "GRANT SELECT (\($0.columns.joined(separator: ", "))) ON \(schema).\($0.table) TO \(dispatch)"
        }
        return seen + [
            "GRANT USAGE ON SCHEMA \(schema) TO \(application), \(dispatch)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \(schema).receipts TO \(application), \(dispatch)",
            "GRANT SELECT ON \(schema).migrations TO \(application), \(dispatch)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \(tenantTables) TO \(application)",
            "GRANT SELECT, INSERT ON \(names(Self.appendOnlyTables)) TO \(application)",
            "GRANT SELECT (\(Self.memberColumns.joined(separator: ", "))) ON \(schema).users TO \(application)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \(dispatchTables) TO \(dispatch)",
            "GRANT SELECT (\(Self.dispatchScanColumns.seen.joined(separator: ", "))), "
                + "UPDATE (\(Self.dispatchScanColumns.changed.joined(separator: ", "))) ON \(schema).scans TO \(dispatch)",
            "GRANT SELECT (\(Self.dispatchScheduleColumns.seen.joined(separator: ", "))), "
                + "UPDATE (\(Self.dispatchScheduleColumns.changed.joined(separator: ", "))) "
                + "ON \(schema).schedules TO \(dispatch)",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA \(schema) TO \(application)",
            // A copied store goes on above the numbers that came along.
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA \(schema) TO \(dispatch)",
        ]
    }

    /// Switches row-level security on, for the owner too, and lets the application role see the transaction's tenant. The
    /// setting is read in a sub-select, so that it is evaluated once and not for each row; unset and empty see nothing.
    func protection(of table: String, key: String) -> String {
        """
        ALTER TABLE \(schema).\(table) ENABLE ROW LEVEL SECURITY;
        ALTER TABLE \(schema).\(table) FORCE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS martlet_tenant ON \(schema).\(table);
        CREATE POLICY martlet_tenant ON \(schema).\(table) TO \(application)
        USING (\(key) = (SELECT NULLIF(current_setting('martlet.tenant', true), '')::bigint))
        """
    }

    static let memberPolicyName = "martlet_member"

    /// Lets a tenant see the users who are its members.
    var memberPolicy: String {
        """
        DROP POLICY IF EXISTS \(Self.memberPolicyName) ON \(schema).users;
        CREATE POLICY \(Self.memberPolicyName) ON \(schema).users FOR SELECT TO \(application)
        USING (EXISTS (SELECT 1 FROM \(schema).memberships m WHERE m.user_id = users.id
            AND m.tenant = (SELECT NULLIF(current_setting('martlet.tenant', true), '')::bigint)))
        """
    }

    /// Puts a table of the installation out of the application role's reach.
    func installationProtection(of table: String) -> String {
        """
        ALTER TABLE \(schema).\(table) ENABLE ROW LEVEL SECURITY;
        ALTER TABLE \(schema).\(table) FORCE ROW LEVEL SECURITY;
        """ + dispatchPolicy(of: table)
    }

    /// Lets the owner of the tables, and nobody else, remove old entries of a table to which rows are only added.
    func retentionPolicy(of table: String) -> String {
        """
        DROP POLICY IF EXISTS martlet_retention ON \(schema).\(table);
        CREATE POLICY martlet_retention ON \(schema).\(table) TO CURRENT_USER USING (true)
        """
    }

    func dispatchPolicy(of table: String, rows: String = "true") -> String {
        """
        DROP POLICY IF EXISTS martlet_dispatch ON \(schema).\(table);
        CREATE POLICY martlet_dispatch ON \(schema).\(table) TO \(dispatch) USING (\(rows))
        """
    }
}
