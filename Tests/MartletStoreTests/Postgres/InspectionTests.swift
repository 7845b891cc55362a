import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// Preparing and checking a database.
@Suite("PostgreSQL: inspection")
struct InspectionTests {
    private static func withPlace(
        _ body: (PostgresPlace, DatabaseInspection) async throws -> Void
    ) async throws {
        let place = try await PostgresPlace()
        let inspection = try DatabaseInspection(url: place.url, create: true)
        do {
            try await body(place, inspection)
        } catch {
            await inspection.close()
            await place.remove()
            throw error
        }
        await inspection.close()
        await place.remove()
    }

    @Test("an empty database is prepared once, and nothing is wrong then")
    func migrate() async throws {
        try await Self.withPlace { place, inspection in
            let before = try await inspection.status()
            #expect(before.version == 0 && !before.isCurrent && before.server.hasPrefix("PostgreSQL "))
            #expect(try await inspection.check().map(\.subject) == ["schema"])
            try await inspection.migrate()
            try await inspection.migrate()
            let after = try await inspection.status()
            #expect(after.isCurrent && after.version == after.newest && !after.place.contains("?"))
            #expect(try await inspection.check().isEmpty)
            try place.psql("UPDATE \(place.schema).migrations SET content = 'x'")
            #expect(try await inspection.check().map(\.subject) == ["schema"])
        }
    }

    /// Logins of their own, which go with the schema's roles.
    @Test(
        "a login that goes past row-level security, or may do less, is told whether it can become the roles",
        arguments: ["SUPERUSER", "BYPASSRLS", ""], [true, false])
    func logins(attribute: String, isMember: Bool) async throws {
        try await Self.withPlace { place, inspection in
            try await inspection.migrate()
            let login = place.schema + "_login"
            try place.psql(
                """
                CREATE ROLE \(login) LOGIN \(attribute);
                GRANT USAGE ON SCHEMA \(place.schema) TO \(login);
                GRANT SELECT ON \(place.schema).migrations TO \(login)
                """)
            if isMember { try place.psql("GRANT \(place.schema)_app, \(place.schema)_dispatch TO \(login)") }
            let url = place.url.replacing("owner@", with: login + "@")
            let other = try DatabaseInspection(url: url, create: false)
            let problems = try await other.check()
            await other.close()
            try place.psql("DROP OWNED BY \(login); DROP ROLE \(login)")
            // A superuser is a member of everything.
            if isMember || attribute == "SUPERUSER" {
                #expect(problems.isEmpty, "\(problems)")
            } else {
                for role in ["_app", "_dispatch"] {
                    #expect(
                        problems.contains {
                            $0.subject == place.schema + role && $0.message.contains("may not become the role")
                        }, "\(problems)")
                }
            }
        }
    }

    @Test("roles that are missing are named")
    func missingRoles() async throws {
        try await Self.withPlace { place, inspection in
            try await inspection.migrate()
            for role in ["\(place.schema)_app", "\(place.schema)_dispatch"] {
                try place.psql("ALTER ROLE \(role) RENAME TO \(role)_away")
            }
            let problems = try await inspection.check()
            for role in ["\(place.schema)_app", "\(place.schema)_dispatch"] {
                #expect(problems.contains { $0.subject == role && $0.message.contains("does not exist") })
                try place.psql("ALTER ROLE \(role)_away RENAME TO \(role)")
            }
            #expect(try await inspection.check().isEmpty)
        }
    }

    @Test(
        "what is wrong is named",
        arguments: [
            ("ALTER TABLE %.findings DISABLE ROW LEVEL SECURITY", "findings", "row-level"),
            ("ALTER TABLE %.scans NO FORCE ROW LEVEL SECURITY", "scans", "row-level"),
            ("DROP POLICY martlet_tenant ON %.scores", "scores", "row-level"),
            ("CREATE TABLE %.extra (tenant bigint)", "extra", "row-level"),
            ("REVOKE UPDATE ON %.mutes FROM %_app", "mutes", "right"),
            ("ALTER ROLE %_app BYPASSRLS", "%_app", "past"),
            ("ALTER TABLE %.mutes OWNER TO %_dispatch", "%_dispatch", "owns"),
            ("INSERT INTO %.fences VALUES (1, 1, 5)", "tokens", "backwards"),
            (
                "CREATE POLICY loose ON %.checks TO %_app USING (true); INSERT INTO %.checks VALUES (1, 1, 'c')",
                "checks",
                "without a tenant"
            ),
            ("CREATE POLICY loose ON %.regions USING (true)", "regions", "not Martlet's"),
            ("ALTER POLICY martlet_tenant ON %.scores USING (tenant > 0)", "scores", "changed"),
            ("ALTER POLICY martlet_tenant ON %.tenants WITH CHECK (true)", "tenants", "changed"),
        ])
    func problems(statement: String, subject: String, words: String) async throws {
        try await Self.withPlace { place, inspection in
            try await inspection.migrate()
            func named(_ text: String) -> String {
                text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: place.schema)
            }
            try place.psql(named(statement))
            let problems = try await inspection.check()
            #expect(problems.contains { $0.subject == named(subject) && $0.message.contains(words) }, "\(problems)")
        }
    }
}
