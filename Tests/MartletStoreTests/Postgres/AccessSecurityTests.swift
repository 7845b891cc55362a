import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// What of users, keys and the audit log each role reaches.
@Suite("PostgreSQL: security of access")
struct AccessSecurityTests {
    /// A store with two tenants: the second has a member, an API key and an entry of its own.
    private static func with(_ body: (_ first: any Database, _ second: any Database, Store) async throws -> Void)
        async throws
    {
        try await Driver.postgres.withStore { store in
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            let number = other.tenant
            try await store.database.scoped(to: .dispatch).write { connection in
                let user = try UserRecords.create(
                    UserDraft(email: "a@example.com", name: "Anna", password: "hash"), connection)
                _ = try UserRecords.create(
                    UserDraft(email: "b@example.com", name: "Bert", password: "hash"), connection)
                try connection.enter(.tenant(number))
                try MembershipRecords.add(user.id, as: .owner, tenant: number, connection)
                let key = APIKeyDraft(
                    prefix: "pk_00000000", secret: [1], name: "key", user: user.id, scopes: nil,
                    expiresAt: Timestamp(milliseconds: 1))
                _ = try APIKeyRecords.create(key, tenant: number, connection)
                try AuditRecords.append(AuditEntry("create", "x", "1", by: .system), tenant: number, connection)
            }
            try await body(store.database, other.database, store)
        }
    }

    @Test("a tenant sees its members and nothing of their passwords; the other tenant sees nobody")
    func members() async throws {
        try await Self.with { first, second, store in
            let emails = try await second.read { connection in
                var emails: [String] = []
                try connection.query("SELECT email FROM users") { emails.append($0.text(0)) }
                return emails
            }
            #expect(emails == ["a@example.com"])
            #expect(try await first.read { try $0.count("users") } == 0)
            for statement in [
                "SELECT password FROM users", "SELECT * FROM users", "SELECT issuer FROM users",
                "UPDATE users SET name = 'x'", "DELETE FROM users", "SELECT * FROM signing_keys",
                "INSERT INTO signing_keys (id, sealed, key_id, created_at) VALUES ('x', '', 'x', 1)",
                "SELECT * FROM login_attempts", "DELETE FROM login_attempts",
                "UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log",
            ] {
                let error = await expectError(.database) { _ = try await second.write { try $0.execute(statement) } }
                #expect(error?.message.contains("lacks a right") == true, "a tenant may: \(statement)")
            }
            _ = store
        }
    }

    @Test("of keys the dispatch role sees where to look, of memberships all, and it changes neither")
    func dispatch() async throws {
        try await Self.with { _, _, store in
            let dispatch = store.database.scoped(to: .dispatch)
            let found = try await dispatch.read { try APIKeyRecords.find(prefix: "pk_00000000", $0)?.tenant }
            #expect(found == 2)
            #expect(try await dispatch.read { try $0.count("memberships") } == 1)
            for statement in [
                "SELECT secret FROM api_keys", "SELECT name FROM api_keys", "UPDATE api_keys SET prefix = 'x'",
                "DELETE FROM api_keys", "DELETE FROM memberships", "UPDATE memberships SET role = 'owner'",
                "INSERT INTO memberships (tenant, user_id, id, role, created_at) VALUES (1, 'u', 'm', 'owner', 1)",
                "SELECT * FROM roles", "SELECT * FROM invitations", "SELECT * FROM audit_log",
                "SELECT * FROM refresh_families",
            ] {
                let error = await expectError(.database) { _ = try await dispatch.write { try $0.execute(statement) } }
                #expect(error?.message.contains("lacks a right") == true, "the dispatch role may: \(statement)")
            }
        }
    }

    @Test("retention of the audit log is the owner's")
    func retention() async throws {
        try await Self.with { _, second, store in
            let later = Timestamp(milliseconds: try await second.read { try $0.now() } + 1)
            let removed = try await store.everything.write {
                try AuditRecords.prune(before: later, limit: 10, tenant: 2, $0)
            }
            #expect(removed == 1)
            #expect(try await second.read { try $0.count("audit_log") } == 0)
        }
    }
}
