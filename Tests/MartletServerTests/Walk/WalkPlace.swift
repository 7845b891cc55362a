import MartletCore
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// A server with two tenants, what callers may show, and ways to make what paths name.
///
/// Whatever the first tenant has a name for is called ``canary``: no answer to anybody else may contain it.
struct WalkPlace: Sendable {
    static let canary = "canary"

    let api: APIFixture
    let other: TenantRow
    let stranger: APIFixture.Person
    let revokedKey: String
    let expiredToken: String

    /// Runs `body` on a server of its own.
    static func with(_ place: ServerStore, _ body: (WalkPlace) async throws -> Void) async throws {
        try await APIFixture.with(place) { api in
            let (other, stranger) = try await api.otherTenant()
            let made = try await api.ask(
                .post, "/api-keys", APIFixture.document("api-keys", [("name", .string("canary revoked"))]))
            let key = try #require(made.attribute("api_key")?.stringValue)
            _ = try await api.ask(.delete, "/api-keys/\(made.id)/revoke")
            try await body(
                WalkPlace(
                    api: api, other: other, stranger: stranger, revokedKey: key,
                    expiredToken: try await expired(api.owner.access, api)))
        }
    }

    /// The same token, signed by the same key, of an hour ago.
    private static func expired(_ token: String, _ api: APIFixture) async throws -> String {
        let codec = try await api.access.signing.codec()
        var claims = try codec.decode(token)
        let hour: Int64 = 3_600_000
        claims.issuedAt = Timestamp(milliseconds: claims.issuedAt.milliseconds - hour)
        claims.expiresAt = Timestamp(milliseconds: claims.expiresAt.milliseconds - hour)
        return try #require(codec.encode(claims))
    }

    /// Another session of the owner, as some calls end theirs.
    func session() async throws -> String {
        try await api.access.enter(tenant: api.tenant.uid, user: api.owner.user.id, address: nil).access
    }

    /// Another session of the stranger.
    func strangerSession() async throws -> String {
        try await api.access.enter(tenant: other.uid, user: stranger.user.id, address: nil).access
    }

    /// A name that nothing in the first tenant has yet.
    func name() -> String { "\(Self.canary) \(UUIDText.random().prefix(13))" }

    /// The id of what a POST makes.
    func make(_ path: String, _ document: JSONValue) async throws -> String {
        let answer = try await api.ask(.post, path, document)
        // 202 where the postures of several accounts follow by a task.
        #expect([201, 202].contains(answer.status), "\(path): \(answer.text)")
        return answer.id
    }

    func role() async throws -> String {
        try await make("/roles", APIFixture.document("roles", [("name", .string(name()))]))
    }

    func group() async throws -> String {
        try await make("/provider-groups", APIFixture.document("provider-groups", [("name", .string(name()))]))
    }

    func apiKey() async throws -> String {
        try await make("/api-keys", APIFixture.document("api-keys", [("name", .string(name()))]))
    }

    func invitation() async throws -> String {
        let email = "\(Self.canary)-\(UUIDText.random())@example.com"
        return try await make(
            "/tenants/invitations",
            APIFixture.document(
                "invitations", [("email", .string(email))],
                [("roles", APIFixture.identifiers("roles", [try await role()]))]))
    }

    func member() async throws -> UserRow {
        try await api.member("\(Self.canary)-\(UUIDText.random())").user
    }

    func membership() async throws -> String {
        let user = try await member()
        let number = api.tenant.number
        let row = try await api.store.database.read {
            try MembershipRecords.membership(of: user.id, tenant: number, $0)
        }
        return try #require(row?.id)
    }

    /// An account's number and id.
    func account() async throws -> (number: Int64, id: String) {
        let number = api.tenant.number
        let uid = "\(Self.canary)-\(UUIDText.random())"
        let key = AccountKey(provider: try #require(Provider(name: "aws")), uid: uid)
        let account = try await api.change { try Accounts.account(key, tenant: number, $0) }
        return (account.account, key.identifier)
    }
}
