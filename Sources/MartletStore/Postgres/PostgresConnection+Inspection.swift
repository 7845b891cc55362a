import MartletCore

extension PostgresConnection {
    func serverName() throws -> String { "PostgreSQL \(handle.majorVersion)" }

    /// What keeps tenants from being apart, or work from being done. Read-only, as the login itself; the last part goes on
    /// as the roles.
    func problems() throws -> [DatabaseProblem] {
        let roles = try roleProblems()
        let found = try roles + tableProblems() + policyProblems() + rightProblems()
        // Without the roles there is nothing to try.
        return roles.isEmpty ? try found + trialProblems() : found
    }

    private func roleProblems() throws -> [DatabaseProblem] {
        var problems: [DatabaseProblem] = []
        for role in [settings.applicationRole, settings.dispatchRole] {
            let facts = try first(
                """
                SELECT rolsuper OR rolbypassrls, pg_has_role(session_user, oid, 'MEMBER'),
                    EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid)
                FROM pg_roles r WHERE rolname = $1
                """, [.text(role)]
            ) { row in (0...2).map { row.int($0) != 0 } }
            guard let facts else {
                problems.append(.init(role, "The role does not exist; run `martlet database migrate` as the owner."))
                continue
            }
            if facts[0] {
                problems.append(
                    .init(role, "The role goes past row-level security; take SUPERUSER and BYPASSRLS away."))
            }
            if !facts[1] { problems.append(.init(role, "The login may not become the role; GRANT \(role) to it.")) }
            if facts[2] { problems.append(.init(role, "The role owns tables; only the owner of the schema may.")) }
        }
        return problems
    }

    private func tableProblems() throws -> [DatabaseProblem] {
        var problems: [DatabaseProblem] = []
        let installation = PostgresSecurity.installationTables.map { "'\($0)'" }.joined(separator: ", ")
        try query(
            """
            SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
                SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
                AND p.polname = CASE WHEN c.relname IN (\(installation)) THEN 'martlet_dispatch' ELSE 'martlet_tenant' END)
            FROM pg_class c WHERE c.relnamespace = $1::text::regnamespace AND c.relkind IN ('r', 'p')
            AND c.relname NOT IN ('migrations', 'receipts') ORDER BY c.relname
            """, [.text(settings.schema)]
        ) { row in
            guard row.int(1) == 0 else { return }
            problems.append(
                .init(
                    row.text(0),
                    "The table is not behind row-level security; run `martlet database migrate` as the owner."))
        }
        return problems
    }

    private static let changedPolicy =
        "Its policy has been changed; run `martlet database migrate` as the owner."

    /// Policies that let through what Martlet's do not: those of others, and Martlet's own where somebody has changed it.
    private func policyProblems() throws -> [DatabaseProblem] {
        var problems: [DatabaseProblem] = []
        var own: [(table: String, text: String)] = []
        try query(
            """
            SELECT c.relname, p.polname, COALESCE(pg_get_expr(p.polqual, p.polrelid), '')
                || COALESCE(' CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid), '') || ' ' || p.polcmd::text
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
            WHERE c.relnamespace = $1::text::regnamespace AND p.polpermissive AND p.polname <> 'martlet_dispatch'
            AND (0 = ANY (p.polroles) OR EXISTS (SELECT 1 FROM pg_roles r
                WHERE r.oid = ANY (p.polroles) AND r.rolname IN ($2, $3)))
            ORDER BY c.relname, p.polname
            """, [.text(settings.schema), .text(settings.applicationRole), .text(settings.dispatchRole)]
        ) { row in
            if row.text(1) == "martlet_tenant" {
                // The table of tenants has the same policy on another column.
                own.append((row.text(0), row.text(2).replacing("(id =", with: "(tenant =")))
            } else if row.text(0) == "users", row.text(1) == PostgresSecurity.memberPolicyName {
                // There is no second one to compare it with.
                let parts = ["memberships", "current_setting('martlet.tenant'", "m.tenant =", "m.user_id ="]
                if !parts.allSatisfy(row.text(2).contains) || row.text(2).contains(" OR ") {
                    problems.append(.init("users", Self.changedPolicy))
                }
            } else {
                problems.append(
                    .init(
                        row.text(0), "The policy \(row.text(1)) is not Martlet's and lets rows through; drop it."))
            }
        }
        // How a server writes an expression down depends on its version, so they are compared with one another.
        let usual = Dictionary(grouping: own, by: \.text).max { $0.value.count < $1.value.count }?.key
        for policy in own where policy.text != usual {
            problems.append(
                .init(policy.table, Self.changedPolicy))
        }
        return problems
    }

    private func rightProblems() throws -> [DatabaseProblem] {
        var problems: [DatabaseProblem] = []
        let application = settings.applicationRole
        guard try first("SELECT 1 FROM pg_roles WHERE rolname = $1", [.text(application)], { _ in true }) == true else {
            return []
        }
        for (table, _) in PostgresSecurity.tenantTables {
            let verbs =
                PostgresSecurity.appendOnlyTables.contains(table)
                ? ["SELECT", "INSERT"] : ["SELECT", "INSERT", "UPDATE", "DELETE"]
            let rights = verbs.map { "has_table_privilege($1, $2, '\($0)')" }.joined(separator: " AND ")
            let lacks = try first(
                "SELECT 1 WHERE NOT (\(rights))", [.text(application), .text(settings.schema + "." + table)]
            ) { _ in true }
            if lacks == true {
                problems.append(
                    .init(table, "\(application) lacks a right; run `martlet database migrate` as the owner."))
            }
        }
        let temporary = try first(
            "SELECT has_database_privilege($1, current_database(), 'TEMPORARY')", [.text(application)]
        ) { $0.int(0) != 0 }
        if temporary != true {
            problems.append(
                .init(application, "The role may not make temporary tables; GRANT TEMPORARY ON DATABASE to it."))
        }
        return problems
    }

    /// Tries what the catalogue promises: without a tenant nothing is seen, and tokens go on above the fences.
    private func trialProblems() throws -> [DatabaseProblem] {
        var problems: [DatabaseProblem] = []
        try enter(.dispatch)
        let tokens = try first(
            "SELECT last_value >= (SELECT COALESCE(MAX(token), 0) FROM fences) FROM tokens"
        ) { $0.int(0) != 0 }
        if tokens != true {
            problems.append(
                .init(
                    "tokens",
                    "The sequence has run backwards (an incomplete restore?); raise it above every token of the fences."
                ))
        }
        try enter(.tenant(0))
        try run("SET LOCAL martlet.tenant = ''")
        for (table, _) in PostgresSecurity.tenantTables {
            if try first("SELECT 1 FROM \(table) LIMIT 1", [], { _ in true }) == true {
                problems.append(
                    .init(table, "Rows are seen without a tenant; stop using the database and restore its policies."))
            }
        }
        try enter(.owner)
        return problems
    }
}
