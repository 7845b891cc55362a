import MartletCore
import MartletHTTPServer
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletEngine
@testable import MartletServer

/// A server whose users may log in at a provider, and a browser that goes there and back.
struct IdentityPlace: Sendable {
    static let redirectURL = "https://martlet.example.com/api/v1/tokens/oidc/callback"

    let api: APIFixture
    let provider: TestIdentityProvider
    let reports: Reports

    /// What whoever runs the server was told.
    final class Reports: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    /// - Parameter allowsPrivate: The provider has a loopback address.
    static func with(
        _ store: ServerStore = .sqlite, allowsPrivate: Bool = true, impatience: Duration = .seconds(10),
        _ change: (inout IdentityProviderSettings) -> Void = { _ in },
        _ body: (IdentityPlace) async throws -> Void
    ) async throws {
        let folder = try TemporaryPlace()
        let provider = try TestIdentityProvider.start(in: folder.path)
        defer { provider.stop() }
        var settings = try IdentityProviderSettings(
            issuer: provider.issuer, clientID: TestIdentityProvider.clientID,
            clientSecret: SecretBytes(text: TestIdentityProvider.clientSecret), redirectURL: redirectURL,
            allowsPlainHTTP: true)
        change(&settings)
        let reports = Reports()
        let transport = try HTTPIdentityTransport(allowsPrivate: allowsPrivate)
        let logins = IdentityLogins(
            IdentityProvider(settings, transport: transport, impatience: impatience), report: reports.add)
        try await APIFixture.with(store) { fixture in
            var services = fixture.services
            services.identityLogins = logins
            let api = APIFixture(
                store: fixture.store, access: fixture.access, ring: fixture.ring, services: services,
                tenant: fixture.tenant, owner: fixture.owner)
            try await body(IdentityPlace(api: api, provider: provider, reports: reports))
        }
        withExtendedLifetime(folder) {}
    }

    /// A browser that has been to the provider and is on its way back.
    struct Visit: Sendable {
        var cookie: String
        var back: TestIdentityProvider.Return
    }

    func visit(invitation: String? = nil) async throws -> Visit {
        let query = invitation.map { "?invitation_token=" + $0 } ?? ""
        let answer = try await api.ask(.get, "/tokens/oidc" + query, showing: .nothing)
        #expect(answer.status == 302, "\(answer.text)")
        let cookie = try #require(answer.headers["Set-Cookie"])
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/api/v1/tokens/oidc", "Max-Age=600"] {
            #expect(cookie.contains("; " + part), "\(cookie)")
        }
        #expect(answer.headers["Cache-Control"] == "no-store")
        let back = try await provider.logIn(at: try #require(answer.headers["Location"]))
        #expect(back.target.hasPrefix("/api/v1/tokens/oidc/callback?"))
        return Visit(cookie: String(cookie.prefix { $0 != ";" }), back: back)
    }

    func comeBack(_ visit: Visit, _ target: String? = nil) async throws -> Answer {
        try await api.ask(
            .get, target ?? visit.back.target, showing: .nothing,
            headers: visit.cookie.isEmpty ? [:] : ["Cookie": "other=1; " + visit.cookie])
    }

    /// There and back.
    func logIn(invitation: String? = nil) async throws -> Answer {
        try await comeBack(visit(invitation: invitation))
    }

    func invitation(for email: String) async throws -> String {
        let role = try await api.ask(.post, "/roles", APIFixture.document("roles", [("name", .string("of " + email))]))
        let made = try await api.ask(
            .post, "/tenants/invitations",
            APIFixture.document(
                "invitations", [("email", .string(email))], [("roles", APIFixture.identifiers("roles", [role.id]))]))
        return try #require(made.attribute("token")?.stringValue, "\(made.text)")
    }

    /// Actions of the audit log, the newest first.
    func log() async throws -> [String] {
        try await api.ask(.get, "/audit-log?page%5Bsize%5D=100").all("action")
    }
}
