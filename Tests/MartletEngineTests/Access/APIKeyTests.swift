import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Access: API keys")
struct APIKeyTests {
    private func make(
        _ fixture: AccessFixture, _ name: String, by user: UserRow, scopes: Permissions? = nil, end: Timestamp? = nil
    ) async throws -> (key: APIKeyRow, text: String) {
        let caller = try await fixture.caller(user)
        return try await fixture.change {
            try APIKeyChanges.create(name: name, scopes: scopes, expiresAt: end, by: caller, $0)
        }
    }

    @Test("a key speaks for its user within its scopes, until it is revoked", arguments: StorePlace.allCases)
    func life(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let (key, text) = try await make(fixture, "ci", by: fixture.owner, scopes: [.manageScans])
            #expect(text.hasPrefix(key.prefix + "."))
            let (caller, credential) = try await fixture.access.caller(apiKey: text, address: "192.0.2.9")
            #expect(caller.permissions == .manageScans && caller.user?.id == fixture.owner.id)
            #expect(caller.actor == Actor(.apiKey, id: key.id, name: key.prefix, address: "192.0.2.9"))
            #expect(credential == .apiKey(key.id))
            let number = fixture.tenant.number
            let used = try await fixture.store.database.read { try APIKeyRecords.key(key.id, tenant: number, $0) }
            #expect(used?.lastUsedAt != nil)
            // Nothing of the secret is in the database.
            let secret = try #require(APIKeyText(text)?.secret)
            let stored = try await fixture.store.database.read {
                try APIKeyRecords.secret(of: key.id, tenant: number, $0)
            }
            #expect(stored?.count == 32 && stored != Array(secret.utf8))
            for bad in [
                text + "x", String(text.dropLast()), key.prefix + "." + String(secret.reversed()), "", key.prefix,
            ] {
                await expectError(.unauthenticated) { _ = try await fixture.access.caller(apiKey: bad, address: nil) }
            }
            let owner = try await fixture.caller(fixture.owner)
            let revoked = try await fixture.change { try APIKeyChanges.revoke(key.id, by: owner, $0) }
            #expect(revoked.revokedAt != nil)
            await expectError(.unauthenticated) { _ = try await fixture.access.caller(apiKey: text, address: nil) }
            let again = try await fixture.change { try APIKeyChanges.revoke(key.id, by: owner, $0) }
            #expect(again == revoked)
            #expect(try await fixture.audit().map(\.action) == ["api-keys.create", "api-keys.revoke"])
            #expect(try await fixture.audit().allSatisfy { !$0.detail.contains(secret) })
        }
    }

    @Test("a key that has expired is refused, and none is made that would have", arguments: StorePlace.allCases)
    func expiry(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let now = try await fixture.store.database.read { try $0.now() }
            await expectError(.invalidInput) {
                _ = try await make(fixture, "old", by: fixture.owner, end: Timestamp(milliseconds: now))
            }
            let (key, text) = try await make(fixture, "short", by: fixture.owner)
            // The clock may go on between the two.
            let lifetime = key.expiresAt.milliseconds - key.createdAt.milliseconds
            #expect(abs(lifetime - APIKeyChanges.lifetime) < 60_000)
            _ = try await fixture.access.caller(apiKey: text, address: nil)
            try await fixture.change { connection in
                try connection.execute("UPDATE api_keys SET expires_at = $1", [.int(try connection.now())])
            }
            await expectError(.unauthenticated) { _ = try await fixture.access.caller(apiKey: text, address: nil) }
        }
    }

    @Test(
        "a limited key makes no key that is less so, and gives nothing it does not have", arguments: StorePlace.allCases
    )
    func escalation(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let (_, text) = try await make(fixture, "limited", by: fixture.owner, scopes: [.manageAccount])
            let (caller, _) = try await fixture.access.caller(apiKey: text, address: nil)
            for scopes in [nil, .all, [.manageAccount, .manageScans]] as [Permissions?] {
                await expectError(.forbidden) {
                    _ = try await fixture.change {
                        try APIKeyChanges.create(name: "x", scopes: scopes, expiresAt: nil, by: caller, $0)
                    }
                }
            }
            var draft = RoleDraft()
            draft.name = "all"
            draft.permissions = .all
            await expectError(.forbidden) {
                _ = try await fixture.change { [draft] in try RoleChanges.create(draft, by: caller, $0) }
            }
            _ = try await fixture.change {
                try APIKeyChanges.create(name: "y", scopes: [.manageAccount], expiresAt: nil, by: caller, $0)
            }
            // Whoever loses the permission loses it in the key.
            let anna = try await fixture.addMember("anna", [.manageAccount])
            let (_, hers) = try await make(fixture, "anna's", by: anna)
            let number = fixture.tenant.number
            try await fixture.change { try RoleRecords.assign([], to: anna.id, tenant: number, $0) }
            #expect(try await fixture.access.caller(apiKey: hers, address: nil).caller.permissions.isEmpty)
            await expectError(.forbidden) { _ = try await make(fixture, "z", by: anna) }
        }
    }
}
