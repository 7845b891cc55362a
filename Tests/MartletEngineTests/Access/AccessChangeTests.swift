import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Access: changes")
struct AccessChangeTests {
    @Test(
        "roles: made, changed, removed, with their links; the last one that manages stays",
        arguments: StorePlace.allCases)
    func roles(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let owner = try await fixture.caller(fixture.owner)
            let number = fixture.tenant.number
            let anna = try await fixture.addMember("anna")
            let group = try await fixture.change { connection in
                var draft = ProviderGroupDraft()
                draft.name = "group"
                return try ProviderGroupChanges.create(draft, by: owner, connection)
            }
            var draft = RoleDraft()
            draft.name = "scanner"
            draft.permissions = [.manageScans]
            draft.groups = [group.id]
            draft.users = [anna.id]
            let role = try await fixture.change { [draft] in try RoleChanges.create(draft, by: owner, $0) }
            #expect(role.groups == [group.id] && role.users == [anna.id] && role.permissions == .manageScans)
            await expectError(.conflict) {
                _ = try await fixture.change { [draft] in try RoleChanges.create(draft, by: owner, $0) }
            }
            draft.name = "x"
            draft.users = ["nobody"]
            await expectError(.notFound) {
                _ = try await fixture.change { [draft] in try RoleChanges.create(draft, by: owner, $0) }
            }
            let member = try await fixture.caller(anna)
            #expect(member.permissions == .manageScans && member.visibleAccounts == [])
            await expectError(.forbidden) {
                _ = try await fixture.change { try RoleChanges.remove(role.id, by: member, $0) }
            }
            let admin = try #require(
                try await fixture.store.database.read { try RoleRecords.all(tenant: number, $0) }
                    .first { $0.permissions == .all })
            // By removing the role, by taking the permission, and by taking the role from its user.
            await expectError(.conflict) {
                try await fixture.change { try RoleChanges.remove(admin.id, by: owner, $0) }
            }
            var less = RoleDraft()
            less.permissions = [.manageScans]
            await expectError(.conflict) {
                _ = try await fixture.change { [less] in try RoleChanges.change(admin.id, to: less, by: owner, $0) }
            }
            await expectError(.conflict) {
                try await fixture.change { try RoleChanges.assign([], to: fixture.owner.id, by: owner, $0) }
            }
            let before = try await fixture.store.database.read { try RoleRecords.role(admin.id, tenant: number, $0) }
            #expect(before == admin, "a change that was refused left something")
            try await fixture.change { try RoleChanges.assign([admin.id], to: anna.id, by: owner, $0) }
            try await fixture.change { try RoleChanges.assign([], to: fixture.owner.id, by: owner, $0) }
            #expect(try await fixture.caller(fixture.owner).permissions.isEmpty)
            let late = try await fixture.caller(anna)
            try await fixture.change { try RoleChanges.remove(role.id, by: late, $0) }
            #expect(try await fixture.store.database.read { try RoleRecords.role(role.id, tenant: number, $0) } == nil)
            #expect(
                try await fixture.store.database.read { try RoleRecords.roles(of: anna.id, tenant: number, $0) }.count
                    == 1)
        }
    }

    @Test(
        "what roles show is the union over their groups, and one that shows all shows all",
        arguments: StorePlace.allCases)
    func visibility(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let owner = try await fixture.caller(fixture.owner)
            let anna = try await fixture.addMember("anna")
            let numbers = try await fixture.change { connection in
                try ["1", "2", "3"].map { uid in
                    let provider = try #require(Provider(name: "aws"))
                    return try Accounts.account(
                        AccountKey(provider: provider, uid: uid), tenant: owner.tenant, connection
                    ).account
                }
            }
            try await fixture.change { connection in
                for (index, accounts) in [[numbers[0], numbers[1]], [numbers[1]]].enumerated() {
                    var group = ProviderGroupDraft()
                    group.name = "g\(index)"
                    group.accounts = accounts
                    let row = try ProviderGroupChanges.create(group, by: owner, connection)
                    #expect(row.accounts == accounts)
                    var role = RoleDraft()
                    role.name = "r\(index)"
                    role.groups = [row.id]
                    role.users = [anna.id]
                    _ = try RoleChanges.create(role, by: owner, connection)
                }
            }
            #expect(try await fixture.caller(anna).visibleAccounts == [numbers[0], numbers[1]])
            // Whoever sees a part puts nothing else into a group.
            var manager = try await fixture.caller(anna)
            manager.permissions = .manageProviders
            var group = ProviderGroupDraft()
            group.name = "g9"
            group.accounts = [numbers[2]]
            await expectError(.notFound) {
                _ = try await fixture.change { [group, manager] in
                    try ProviderGroupChanges.create(group, by: manager, $0)
                }
            }
            try await fixture.change { connection in
                let account = AccountID(tenant: owner.tenant, account: numbers[0])
                let key = try #require(try Accounts.key(of: account, connection))
                try AccountRemoval.hide(account, key, secret: nil, connection)
            }
            #expect(try await fixture.caller(anna).visibleAccounts == [numbers[1]])
            var all = RoleDraft()
            all.name = "all"
            all.unlimitedVisibility = true
            all.users = [anna.id]
            _ = try await fixture.change { [all] in try RoleChanges.create(all, by: owner, $0) }
            #expect(try await fixture.caller(anna).visibleAccounts == nil)
        }
    }

    @Test("the last owner can neither go, nor be removed, nor become a member", arguments: StorePlace.allCases)
    func lastOwner(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let owner = try await fixture.caller(fixture.owner)
            let number = fixture.tenant.number
            let anna = try await fixture.addMember("anna", .all, seesAll: true)
            let hers = try await fixture.caller(anna)
            let (own, other) = try await fixture.store.database.read {
                (
                    try #require(try MembershipRecords.membership(of: fixture.owner.id, tenant: number, $0)),
                    try #require(try MembershipRecords.membership(of: anna.id, tenant: number, $0))
                )
            }
            await expectError(.conflict) {
                try await fixture.change { try MemberChanges.remove(own.id, by: owner, $0) }
            }
            await expectError(.conflict) {
                try await fixture.change { try UserChanges.remove(owner.user?.id ?? "", by: owner, $0) }
            }
            await expectError(.conflict) {
                _ = try await fixture.change { try MemberChanges.change(own.id, to: .member, by: owner, $0) }
            }
            await expectError(.forbidden) {
                try await fixture.change { try MemberChanges.remove(own.id, by: hers, $0) }
            }
            await expectError(.forbidden) {
                _ = try await fixture.change { try MemberChanges.change(other.id, to: .owner, by: hers, $0) }
            }
            _ = try await fixture.change { try MemberChanges.change(other.id, to: .owner, by: owner, $0) }
            try await fixture.change { try UserChanges.remove(fixture.owner.id, by: owner, $0) }
            #expect(try await fixture.dispatch.read { try UserRecords.user(fixture.owner.id, $0) } == nil)
            #expect(try await fixture.tryLogin(fixture.owner.email, AccessFixture.password) == .refused)
        }
    }

    @Test("of two owners who go at the same time one stays", arguments: StorePlace.allCases)
    func race(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let anna = try await fixture.addMember("anna", .all, role: .owner, seesAll: true)
            let callers = [try await fixture.caller(fixture.owner), try await fixture.caller(anna)]
            let number = fixture.tenant.number
            let gone = await withTaskGroup(of: Bool.self) { group in
                for caller in callers {
                    group.addTask {
                        let id = caller.user?.id ?? ""
                        return (try? await fixture.change { try UserChanges.remove(id, by: caller, $0) }) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(gone == 1)
            #expect(try await fixture.store.database.read { try MembershipRecords.all(tenant: number, $0) }.count == 1)
        }
    }

    @Test(
        "a refused or failed change leaves nothing in the audit log; every other says who, what and from where",
        arguments: StorePlace.allCases)
    func audit(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let owner = try await fixture.caller(fixture.owner)
            var draft = ProviderGroupDraft()
            draft.name = "g"
            let before = try await fixture.audit().count
            await expectError(.io) {
                try await fixture.change { [draft] connection in
                    _ = try ProviderGroupChanges.create(draft, by: owner, connection)
                    throw MartletError(.io, "the transaction fails")
                }
            }
            #expect(try await fixture.audit().count == before)
            let group = try await fixture.change { [draft] in try ProviderGroupChanges.create(draft, by: owner, $0) }
            let row = try #require(try await fixture.audit().last)
            #expect(row.action == "provider-groups.create" && row.subjectType == "provider-groups")
            #expect(row.subjectID == group.id && row.detail == #"{"name":"g"}"#)
            #expect(
                row.actor
                    == Actor(
                        .user, id: fixture.owner.id, name: "owner@example.com", address: "192.0.2.1", requestID: "r-1"))
            let number = fixture.tenant.number
            var filter = AuditFilter()
            filter.subjectID = group.id
            filter.action = "provider-groups.create"
            let found = try await fixture.store.database.read { [filter] in
                (
                    try AuditRecords.entries(filter, limit: 10, tenant: number, $0),
                    try AuditRecords.count(filter, upTo: 10, tenant: number, $0),
                    try AuditRecords.entry(row.id, tenant: number, $0)
                )
            }
            #expect(found.0 == [row] && found.1 == 1 && found.2 == row)
        }
    }
}
