import Foundation
import MartletCore
import MartletHTTPServer
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Where a test's store is: on each database there is.
enum ServerStore: Sendable, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgresql

    var testDescription: String { self == .sqlite ? "SQLite" : "PostgreSQL" }
}

/// A server without a socket, with users in its default tenant, and short ways to ask it.
struct APIFixture: Sendable {
    /// Somebody who asks: a user with a session and an API key.
    struct Person: Sendable {
        var user: UserRow
        var access: String
        var refresh: String
    }

    let store: Store
    let access: Access
    let ring: SecretKeyRing
    var services: ServerServices
    let tenant: TenantRow
    let owner: Person

    static let password = "Correct-Horse-7"
    private static let hash: String = {
        guard let bytes = try? SecretBytes(text: password) else { return "" }
        return (try? PasswordHash.make(bytes)) ?? ""
    }()

    static func with(_ place: ServerStore = .sqlite, _ body: (APIFixture) async throws -> Void) async throws {
        switch place {
        case .sqlite:
            let folder = try TemporaryPlace()
            try await with(url: "sqlite:\(folder.path)/store.db", body)
            withExtendedLifetime(folder) {}
        case .postgresql:
            let place = try await PostgresPlace()
            do {
                try await with(url: place.url, body)
            } catch {
                await place.remove()
                throw error
            }
            await place.remove()
        }
    }

    static func with(url: String, _ body: (APIFixture) async throws -> Void) async throws {
        let store = try await Store.open(url: url)
        do {
            let key = try SecretKeyRing([SecretKey.generate()])
            let access = try Access(store: store, ring: key)
            _ = try await access.prepare()
            var services = ServerServices.joined(store: store, access: access)
            services.secretKeys = { _ in key }
            let number = store.tenant
            let tenant = try await store.database.scoped(to: .dispatch).read {
                try TenantRecords.tenant(number: number, $0)
            }
            let known = try #require(tenant)
            let owner = try await person("owner@example.com", in: known, access, isOwner: true)
            try await body(
                APIFixture(
                    store: store, access: access, ring: key, services: services, tenant: known, owner: owner))
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// A user in a tenant who has logged in: an owner who may do everything, or a member with one role.
    static func person(
        _ email: String, in tenant: TenantRow, _ access: Access, isOwner: Bool = false, _ permissions: Permissions = [],
        seesAll: Bool = true
    ) async throws -> Person {
        let credentials = try await access.dispatch.write { connection in
            let user = try UserRecords.create(UserDraft(email: email, name: email, password: hash), connection)
            try connection.enter(.tenant(tenant.number))
            if isOwner {
                try TenantChanges.addOwner(user.id, to: tenant.number, connection)
            } else {
                try MembershipRecords.add(user.id, as: .member, tenant: tenant.number, connection)
                var draft = RoleDraft()
                draft.name = "role of \(email)"
                draft.permissions = permissions
                draft.unlimitedVisibility = seesAll
                draft.users = [user.id]
                _ = try RoleRecords.create(draft, tenant: tenant.number, connection)
            }
            try connection.enter(.dispatch)
            return try #require(try UserRecords.credentials(id: user.id, connection))
        }
        let pair = try await access.begin(
            credentials, tenant: tenant.uid, rehashed: nil, address: nil, requestID: nil)
        let tokens = try #require(pair)
        return Person(user: credentials.user, access: tokens.access, refresh: tokens.refresh)
    }

    /// A member of the tenant who has logged in.
    func member(_ name: String, _ permissions: Permissions = [], seesAll: Bool = true) async throws -> Person {
        try await Self.person("\(name)@example.com", in: tenant, access, permissions, seesAll: seesAll)
    }

    /// Another tenant with an owner of its own.
    func otherTenant() async throws -> (tenant: TenantRow, owner: Person) {
        let other = try await access.dispatch.write { try TenantRecords.create(name: "other", $0) }
        return (other, try await Self.person("stranger@example.com", in: other, access, isOwner: true))
    }

    /// Runs a change in a transaction of the tenant.
    func change<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await store.database.write(body) }
}

/// A folder that goes with its last reference.
final class TemporaryPlace: Sendable {
    let path: String

    init() throws { path = try TemporaryPlace.make() }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static func make() throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-server-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
