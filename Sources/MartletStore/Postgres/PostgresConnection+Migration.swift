import MartletCore

extension PostgresConnection {
    /// One migration at a time in a database; the lock goes with the transaction.
    func beginMigration() throws {
        try lock(.numbers(table: "migrations", tenant: 0))
        let known = try first(
            "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", [.text(settings.schema)]
        ) { _ in true }
        if known == nil { try run("CREATE SCHEMA \(PostgresText.quoted(settings.schema))") }
    }

    /// Makes the roles that are missing and gives them their rights and policies; what is there already stays.
    func finishMigration() throws {
        let security = PostgresSecurity(settings)
        for role in [settings.applicationRole, settings.dispatchRole] { try makeRole(role) }
        for statement in security.rights { try run(statement) }
        for (table, key) in PostgresSecurity.tenantTables { try run(security.protection(of: table, key: key)) }
        for table in PostgresSecurity.dispatchTables + ["scans"] { try run(security.dispatchPolicy(of: table)) }
        try run(security.dispatchPolicy(of: "schedules", rows: "look_at IS NOT NULL"))
        for (table, _) in PostgresSecurity.dispatchSeenColumns { try run(security.dispatchPolicy(of: table)) }
        for table in PostgresSecurity.installationTables { try run(security.installationProtection(of: table)) }
        for table in PostgresSecurity.appendOnlyTables { try run(security.retentionPolicy(of: table)) }
        try run(security.memberPolicy)
    }

    private func makeRole(_ role: String) throws {
        let known = try first("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1", [.text(role)]) { _ in true }
        let name = PostgresText.quoted(role)
        if known == nil {
            // Roles belong to the whole server: another database of it may make the same one at this moment.
            try run(
                """
                DO $$ BEGIN CREATE ROLE \(name) NOLOGIN NOSUPERUSER NOBYPASSRLS;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
                """)
        }
        let member = try first(
            "SELECT 1 WHERE pg_catalog.pg_has_role(session_user, $1, 'MEMBER')", [.text(role)]
        ) { _ in true }
        if member == nil { try run("GRANT \(name) TO SESSION_USER") }
    }
}
