import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

/// An installation with a tenant and an owner in it, and short ways to use it.
struct AccessFixture: Sendable {
    let test: TestStore
    let access: Access
    let ring: SecretKeyRing
    let tenant: TenantRow
    let owner: UserRow

    static let password = "Correct-Horse-7"

    var store: Store { test.store }
    var dispatch: any Database { store.database.scoped(to: .dispatch) }

    /// A hash of ``password`` that is made once: a hash costs 64 MiB and a while.
    static let hash: String = (try? SecretBytes(password)).flatMap { try? PasswordHash.make($0) } ?? ""

    static func with(_ place: StorePlace, _ body: (AccessFixture) async throws -> Void) async throws {
        try await TestStore.with(place) { test in
            let ring = try SecretKeyRing.new()
            let access = try Access(store: test.store, ring: ring)
            #expect(try await access.prepare().isEmpty)
            let number = test.store.tenant
            let (tenant, owner) = try await test.store.database.scoped(to: .dispatch).write { connection in
                let owner = try UserRecords.create(
                    UserDraft(email: "owner@example.com", name: "Olga", password: hash), connection)
                let tenant = try #require(try TenantRecords.tenant(number: number, connection))
                try connection.enter(.tenant(number))
                try TenantChanges.addOwner(owner.id, to: number, connection)
                return (tenant, owner)
            }
            try await body(
                AccessFixture(test: test, access: access, ring: ring, tenant: tenant, owner: owner))
        }
    }

    /// Another user; a member of the tenant with these permissions.
    func addMember(
        _ name: String, _ permissions: Permissions = [], role: MembershipRow.Role = .member, seesAll: Bool = false
    ) async throws -> UserRow {
        let number = tenant.number
        return try await dispatch.write { connection in
            let user = try UserRecords.create(
                UserDraft(email: "\(name)@example.com", name: name, password: Self.hash), connection)
            try connection.enter(.tenant(number))
            try MembershipRecords.add(user.id, as: role, tenant: number, connection)
            var draft = RoleDraft()
            draft.name = "role of \(name)"
            draft.permissions = permissions
            draft.unlimitedVisibility = seesAll
            draft.users = [user.id]
            _ = try RoleRecords.create(draft, tenant: number, connection)
            return user
        }
    }

    /// What the user may do now, as if by a session.
    func caller(_ user: UserRow) async throws -> Caller {
        let number = tenant.number
        return try await dispatch.write { connection in
            let member = try #require(try TenantMember.find(user: user.id, tenant: number, connection))
            try connection.enter(.tenant(number))
            return try #require(
                try Caller.find(member, key: nil, address: "192.0.2.1", requestID: "r-1", connection))
        }
    }

    /// Runs a change in a transaction of the tenant.
    func change<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await store.database.write(body) }

    /// Logs in with ``password``.
    func login(_ user: UserRow, tenant: String? = nil) async throws -> TokenPair {
        let outcome = try await access.login(
            email: user.email, password: SecretBytes(Self.password), tenant: tenant, address: "192.0.2.1")
        guard case .tokens(let pair) = outcome else {
            Issue.record("\(user.email) could not log in: \(outcome)")
            throw MartletError.wrongLogin
        }
        return pair
    }

    func tryLogin(_ email: String, _ password: String, from address: String = "192.0.2.1") async throws -> LoginOutcome
    {
        try await access.login(email: email, password: SecretBytes(password), address: address)
    }

    /// The actions of the audit log, the oldest first.
    func audit() async throws -> [AuditRow] {
        let number = tenant.number
        return try await store.database.read {
            try AuditRecords.entries(AuditFilter(), limit: 1000, oldestFirst: true, tenant: number, $0)
        }
    }
}
