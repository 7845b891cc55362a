import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Access: invitations")
struct InvitationTests {
    private func draft(_ email: String) -> UserDraft { UserDraft(email: email, name: "Somebody", password: nil) }

    private func signUp(_ fixture: AccessFixture, _ email: String, _ token: String) async throws -> UserRow {
        try await fixture.access.signUp(
            draft(email), password: SecretBytes(AccessFixture.password), invitation: token, address: "192.0.2.3")
    }

    @Test("an invitation makes a user a member with its roles, once and for whom it is", arguments: StorePlace.allCases)
    func life(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let owner = try await fixture.caller(fixture.owner)
            let number = fixture.tenant.number
            var role = RoleDraft()
            role.name = "scanner"
            role.permissions = [.manageScans]
            let scanner = try await fixture.change { [role] in try RoleChanges.create(role, by: owner, $0) }
            let (invitation, token) = try await fixture.change {
                try InvitationChanges.create(
                    email: "anna@example.com", roles: [scanner.id], expiresAt: nil, by: owner, $0)
            }
            #expect(invitation.roles == [scanner.id] && invitation.state == .pending)
            for wrong in ["", "1-aaaaaaaaaaaaaaaaaaaaaaaaaa", String(token.dropLast()) + "!", "2" + token.dropFirst()] {
                await expectError(.notFound) { _ = try await signUp(fixture, "anna@example.com", wrong) }
            }
            await expectError(.notFound) { _ = try await signUp(fixture, "eve@example.com", token) }
            #expect(
                try await fixture.dispatch.read { try UserRecords.credentials(email: "eve@example.com", $0) } == nil,
                "a sign-up that failed left a user")
            let anna = try await signUp(fixture, "anna@example.com", token)
            let caller = try await fixture.caller(anna)
            #expect(caller.permissions == .manageScans && caller.membership == .member)
            _ = try await fixture.login(anna)
            await expectError(.gone) { _ = try await signUp(fixture, "anna@example.com", token) }
            await expectError(.conflict) {
                _ = try await fixture.change {
                    try InvitationChanges.create(email: "anna@example.com", roles: [], expiresAt: nil, by: owner, $0)
                }
            }
            await expectError(.conflict) {
                try await fixture.change { try InvitationChanges.revoke(invitation.id, by: owner, $0) }
            }
            let after = try await fixture.store.database.read { try InvitationRecords.all(tenant: number, $0) }
            #expect(after.map(\.state) == [.accepted])
            #expect(
                try await fixture.audit().map(\.action).suffix(3) == [
                    "invitations.create", "invitations.accept", "tokens.create",
                ])
            #expect(try await fixture.audit().allSatisfy { !$0.detail.contains(token) })
        }
    }

    @Test("a revoked or expired invitation is gone; a user of another tenant accepts", arguments: StorePlace.allCases)
    func ends(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let owner = try await fixture.caller(fixture.owner)
            func invite(_ email: String) async throws -> (invitation: InvitationRow, token: String) {
                try await fixture.change {
                    try InvitationChanges.create(email: email, roles: [], expiresAt: nil, by: owner, $0)
                }
            }
            let (revoked, first) = try await invite("a@example.com")
            try await fixture.change { try InvitationChanges.revoke(revoked.id, by: owner, $0) }
            await expectError(.gone) { _ = try await signUp(fixture, "a@example.com", first) }
            let (expired, second) = try await invite("b@example.com")
            try await fixture.change {
                try $0.execute("UPDATE invitations SET expires_at = 1 WHERE id = $1", [.text(expired.id)])
            }
            await expectError(.gone) { _ = try await signUp(fixture, "b@example.com", second) }
            let stranger = try await fixture.access.signUp(
                draft("c@example.com"), password: SecretBytes(AccessFixture.password), tenantName: "C's",
                address: nil)
            let (_, third) = try await invite("c@example.com")
            let membership = try await fixture.dispatch.write {
                try InvitationAcceptance.accept(third, user: stranger, address: nil, requestID: nil, $0)
            }
            #expect(membership.user == stranger.id && membership.tenant == fixture.tenant.number)
            let tenants = try await fixture.dispatch.read { try TenantRecords.tenants(of: stranger.id, $0) }
            #expect(tenants.map(\.name) == ["C's", fixture.tenant.name])
        }
    }

    @Test(
        "while there is no user, and only then, there is an invitation for the first one",
        arguments: StorePlace.allCases)
    func first(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let access = try Access(store: test.store, ring: SecretKeyRing.new())
            _ = try await access.prepare()
            let lost = try #require(try await FirstAdministrator.invite(to: test.store))
            let token = try #require(try await FirstAdministrator.invite(to: test.store))
            let password = try SecretBytes(AccessFixture.password)
            await expectError(.gone) {
                _ = try await access.signUp(draft("a@example.com"), password: password, invitation: lost, address: nil)
            }
            let user = try await access.signUp(
                draft("a@example.com"), password: password, invitation: token, address: nil)
            let outcome = try await access.login(email: user.email, password: password, address: nil)
            guard case .tokens(let pair) = outcome else {
                Issue.record("the first user cannot log in")
                return
            }
            let caller = try await access.caller(token: pair.access, address: nil).caller
            #expect(caller.permissions == .all && caller.membership == .owner && caller.visibleAccounts == nil)
            #expect(caller.tenant == test.store.tenant)
            #expect(try await FirstAdministrator.invite(to: test.store) == nil)
        }
    }

    @Test("the command line makes owners, and members with roles", arguments: StorePlace.allCases)
    func commandLine(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            func add(_ email: String, owner: Bool, _ roles: [String]) async throws -> UserRow {
                try await FirstAdministrator.add(
                    draft(email), password: SecretBytes(AccessFixture.password), isOwner: owner, roles: roles,
                    by: .commandLine("root"), to: test.store)
            }
            _ = try await add("a@example.com", owner: true, [])
            await expectError(.notFound) { _ = try await add("b@example.com", owner: false, ["nothing"]) }
            _ = try await add("b@example.com", owner: false, ["admin"])
            await expectError(.conflict) { _ = try await add("b@example.com", owner: false, []) }
            let number = test.store.tenant
            let log = try await test.store.database.read {
                try AuditRecords.entries(AuditFilter(), limit: 9, tenant: number, $0)
            }
            #expect(log.map(\.action) == ["users.create", "users.create"] && log[0].actor == .commandLine("root"))
        }
    }
}
