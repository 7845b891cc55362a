import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Access: sessions")
struct SessionTests {
    @Test(
        "log in, ask, refresh, switch; whoever uses a refresh token twice ends the session",
        arguments: StorePlace.allCases)
    func life(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let first = try await fixture.login(fixture.owner)
            let (caller, _) = try await fixture.access.caller(token: first.access, address: "192.0.2.1")
            #expect(caller.user?.id == fixture.owner.id && caller.tenantUID == fixture.tenant.uid)
            #expect(caller.permissions == .all && caller.visibleAccounts == nil && caller.membership == .owner)
            #expect(caller.actor.kind == .user && caller.actor.name == "owner@example.com")
            await expectError(.unauthenticated) {
                _ = try await fixture.access.caller(token: first.refresh, address: nil)
            }
            await expectError(.unauthenticated) { _ = try await fixture.access.refresh(first.access, address: nil) }
            let second = try await fixture.access.refresh(first.refresh, address: nil)
            _ = try await fixture.access.caller(token: second.access, address: nil)
            _ = try await fixture.access.caller(token: first.access, address: nil)
            let third = try await fixture.access.refresh(second.refresh, address: nil)
            // Somebody has a token that was used before: nothing of the session holds any more.
            await expectError(.unauthenticated) { _ = try await fixture.access.refresh(first.refresh, address: nil) }
            for token in [first, second, third] {
                await expectError(.unauthenticated) {
                    _ = try await fixture.access.refresh(token.refresh, address: nil)
                }
                await expectError(.unauthenticated) {
                    _ = try await fixture.access.caller(token: token.access, address: nil)
                }
            }
            _ = try await fixture.access.caller(token: fixture.login(fixture.owner).access, address: nil)
            let actions = try await fixture.audit().map(\.action)
            #expect(actions == ["tokens.create", "tokens.revoke", "tokens.create"])
        }
    }

    @Test("of two refreshes at the same time one succeeds", arguments: StorePlace.allCases)
    func race(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let pair = try await fixture.login(fixture.owner)
            let successes = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask { (try? await fixture.access.refresh(pair.refresh, address: nil)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(successes == 1)
        }
    }

    @Test(
        "every failed login has the same answer; after some the next wait, also the right one",
        arguments: StorePlace.allCases)
    func failures(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            for (email, password) in [
                ("owner@example.com", "wrong"), ("nobody@example.com", AccessFixture.password), ("no email", "x"),
            ] { #expect(try await fixture.tryLogin(email, password) == .refused) }
            #expect(try await fixture.tryLogin("OWNER@example.com ", "wrong") == .refused)
            for _ in 0..<3 { #expect(try await fixture.tryLogin("owner@example.com", "wrong") == .refused) }
            // Three, one of another writing, and the first make five; so the sixth begins the pause.
            #expect(try await fixture.tryLogin("owner@example.com", "wrong") == .refused)
            // The first pause is a second long, which a busy machine may need for one login: then it takes more failures.
            var pause = 0
            for failures in 0..<6 where pause == 0 {
                for _ in 0..<(failures == 0 ? 0 : 5 + failures) {
                    _ = try await fixture.tryLogin("owner@example.com", "wrong")
                }
                let answer = try await fixture.tryLogin("owner@example.com", AccessFixture.password)
                if case .throttled(let seconds) = answer { pause = Int(seconds) }
            }
            #expect(pause >= 1, "the login was looked at")
            // Another user is not concerned, and a success forgives.
            let other = try await fixture.addMember("anna")
            _ = try await fixture.login(other)
            let known = try await fixture.dispatch.read {
                try $0.first("SELECT COUNT(*) FROM login_attempts") { $0.int(0) }
            }
            #expect((known ?? 0) >= 3)
        }
    }

    @Test("a user without a tenant, a locked user and a strange tenant are refused", arguments: StorePlace.allCases)
    func membership(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let number = fixture.tenant.number
            let anna = try await fixture.addMember("anna", [.manageScans])
            let pair = try await fixture.login(anna, tenant: fixture.tenant.uid)
            _ = try await fixture.access.caller(token: pair.access, address: nil)
            let strange = try await fixture.access.login(
                email: anna.email, password: SecretBytes(AccessFixture.password),
                tenant: "00000000-0000-4000-8000-000000000000", address: nil)
            #expect(strange == .refused)
            let owner = try await fixture.caller(fixture.owner)
            try await fixture.change { connection in
                let row = try #require(try MembershipRecords.membership(of: anna.id, tenant: number, connection))
                try MemberChanges.remove(row.id, by: owner, connection)
            }
            await expectError(.unauthenticated) {
                _ = try await fixture.access.caller(token: pair.access, address: nil)
            }
            await expectError(.unauthenticated) { _ = try await fixture.access.refresh(pair.refresh, address: nil) }
            #expect(try await fixture.tryLogin(anna.email, AccessFixture.password) == .refused)
            let bert = try await fixture.addMember("bert")
            let his = try await fixture.login(bert)
            var lock = UserChange()
            lock.isActive = false
            try await fixture.dispatch.write { [lock] in try UserRecords.change(bert.id, to: lock, $0) }
            await expectError(.unauthenticated) { _ = try await fixture.access.caller(token: his.access, address: nil) }
            #expect(try await fixture.tryLogin(bert.email, AccessFixture.password) == .refused)
        }
    }

    @Test("a new password ends every session in every tenant", arguments: StorePlace.allCases)
    func newPassword(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let owner = fixture.owner
            let second = try await fixture.dispatch.write { connection in
                try TenantChanges.create(name: "other", owner: owner, actor: .system, connection)
            }
            let here = try await fixture.login(owner)
            let there = try await fixture.access.enter(tenant: second.uid, user: owner.id, address: nil)
            #expect(try await fixture.access.caller(token: there.access, address: nil).caller.tenant == second.number)
            #expect(second.number != fixture.tenant.number)
            let caller = try await fixture.caller(owner)
            var change = UserChange()
            change.password = try await fixture.access.hash(SecretBytes("Another-Horse-9"))
            _ = try await fixture.change { [change] in try UserChanges.change(owner.id, to: change, by: caller, $0) }
            for pair in [here, there] {
                await expectError(.unauthenticated) {
                    _ = try await fixture.access.caller(token: pair.access, address: nil)
                }
                await expectError(.unauthenticated) { _ = try await fixture.access.refresh(pair.refresh, address: nil) }
            }
            #expect(try await fixture.tryLogin(owner.email, AccessFixture.password) == .refused)
            guard case .tokens = try await fixture.tryLogin(owner.email, "Another-Horse-9") else {
                Issue.record("the new password is not taken")
                return
            }
        }
    }

    @Test(
        "tokens outlive a rotation of their key, are known in every process, and need the installation's key",
        arguments: StorePlace.allCases)
    func rotation(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let old = try await fixture.login(fixture.owner)
            let elsewhere = try Access(store: fixture.store, ring: fixture.ring)
            _ = try await elsewhere.caller(token: old.access, address: nil)
            try await fixture.access.signing.rotate()
            _ = try await fixture.access.caller(token: old.access, address: nil)
            let new = try await fixture.login(fixture.owner)
            // The other process reads its keys again at most every two seconds.
            var accepted = false
            for _ in 0..<100 where !accepted {
                accepted = (try? await elsewhere.caller(token: new.access, address: nil)) != nil
                if !accepted { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(accepted)
            #expect(try await fixture.dispatch.read { try SigningKeyRecords.all($0).count } == 2)
            // Without the key that sealed them, stored keys are nothing: new ones are made, and old tokens do not hold.
            let foreign = try Access(store: fixture.store, ring: try SecretKeyRing.new())
            #expect(try await foreign.prepare().count == 2)
            await expectError(.unauthenticated) { _ = try await foreign.caller(token: new.access, address: nil) }
            // Sealed anew with another key, they go on.
            let next = try fixture.ring.sealing(with: SecretKeyRing.new())
            let resealed = try await fixture.dispatch.write { try SigningKeys.reseal(next, $0) }
            #expect(resealed == 2)
            let later = try Access(store: fixture.store, ring: SecretKeyRing([next.first]))
            _ = try await later.caller(token: new.access, address: nil)
        }
    }
}
