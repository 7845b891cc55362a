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
    static let tenantTables: [(table: String, key: String)] = (TableCatalog.copied + ["leases"]).map {
        ($0, $0 == "tenants" ? "id" : "tenant")
    }

    /// What the dispatch role sees of all tenants.
    static let dispatchTables = ["tenants", "fences", "leases"]

    /// Rights on the schema and the tables. Rows are a matter of the policies.
    var rights: [String] {
        let tenantTables = Self.tenantTables.map { "\(schema).\($0.table)" }.joined(separator: ", ")
        let dispatchTables = Self.dispatchTables.map { "\(schema).\($0)" }.joined(separator: ", ")
        return [
            "GRANT USAGE ON SCHEMA \(schema) TO \(application), \(dispatch)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \(schema).receipts TO \(application), \(dispatch)",
            "GRANT SELECT ON \(schema).migrations TO \(application), \(dispatch)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \(tenantTables) TO \(application)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \(dispatchTables) TO \(dispatch)",
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

    func dispatchPolicy(of table: String) -> String {
        """
        DROP POLICY IF EXISTS martlet_dispatch ON \(schema).\(table);
        CREATE POLICY martlet_dispatch ON \(schema).\(table) TO \(dispatch) USING (true)
        """
    }
}
