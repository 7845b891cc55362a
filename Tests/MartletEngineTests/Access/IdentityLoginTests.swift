import Glibc
import MartletCore
import MartletStore
import Synchronization
import Testing

@testable import MartletEngine

@Suite("Access: keys of identity providers")
struct JSONWebKeyTests {
    @Test("signatures of each algorithm are recognised, and no other")
    func vectors() throws {
        let vectors = SignatureVectors.self
        let all = [vectors.rsa, vectors.curve, vectors.curvePadded, vectors.edwards]
        for (key, text) in all {
            let read = try #require(JSONWebKey(json: vectors.json(key)))
            let signature = try #require(Base64URL.decode(text))
            #expect(read.verifies(signature, of: vectors.message))
            #expect(!read.verifies(signature, of: vectors.message + [0]))
            #expect(!read.verifies([], of: vectors.message) && !read.verifies(signature + [0], of: vectors.message))
            for index in stride(from: 0, to: signature.count, by: 5) {
                var changed = signature
                changed[index] ^= 1
                #expect(!read.verifies(changed, of: vectors.message), "byte \(index)")
            }
            for (other, _) in all where other.map(\.1) != key.map(\.1) {
                let wrong = try #require(JSONWebKey(json: vectors.json(other)))
                #expect(!wrong.verifies(signature, of: vectors.message))
            }
        }
    }

    @Test("keys of other kinds, for other uses or of a wrong form are passed over")
    func forms() {
        let vectors = SignatureVectors.self
        #expect(JSONWebKey(json: vectors.json(vectors.rsa.key, [("use", "enc")])) == nil)
        #expect(JSONWebKey(json: vectors.json(vectors.rsa.key, [("alg", "RS512")])) == nil)
        #expect(JSONWebKey(json: vectors.json(vectors.rsa.key, [("alg", "RS256"), ("kid", "k")]))?.id == "k")
        for bad in [
            [("kty", "RSA"), ("n", "AQAB"), ("e", "AQAB")], [("kty", "oct"), ("k", "AQAB")], [],
            [("kty", "EC"), ("crv", "P-256"), ("x", "AQAB"), ("y", "AQAB")],
            [("kty", "OKP"), ("crv", "X25519"), ("x", "AQAB")], [("kty", "EC"), ("crv", "P-384")],
        ] { #expect(JSONWebKey(json: vectors.json(bad)) == nil, "\(bad)") }
        // A point that is not on the curve is a key that recognises nothing.
        let zero = Base64URL.encode([UInt8](repeating: 1, count: 32))
        let off = JSONWebKey(json: vectors.json([("kty", "EC"), ("crv", "P-256"), ("x", zero), ("y", zero)]))
        #expect(off?.verifies([UInt8](repeating: 1, count: 64), of: [1]) == false)
    }
}

/// An identity provider inside the test: it has a key and says whatever it is told to.
final class TestProvider: IdentityTransport {
    struct State: Sendable {
        var key: SigningKey
        var claims: [(String, JSONValue)] = []
        /// Replaces claims of the same name.
        var algorithm = "EdDSA"
        var signer: SigningKey?
        var keyRequests = 0
        var form: [String: String] = [:]
        var challenge = ""
        var nonce = ""
        var issuer = TestProvider.issuer
    }

    static let issuer = "https://id.example.com"
    let state: Mutex<State>

    init() throws { state = Mutex(State(key: try SigningKey.generate(at: Timestamp(milliseconds: 0)))) }

    func ask(
        _ url: String, form: String?, headers: [(name: String, value: String)]
    ) async throws -> (status: Int, body: [UInt8]) {
        state.withLock { state in
            switch url.dropFirst(Self.issuer.count) {
            case "/.well-known/openid-configuration":
                let document = """
                    {"issuer":"\(state.issuer)","authorization_endpoint":"\(Self.issuer)/authorize",
                    "token_endpoint":"\(Self.issuer)/token","jwks_uri":"\(Self.issuer)/keys"}
                    """
                return (200, Array(document.utf8))
            case "/keys":
                state.keyRequests += 1
                let x = Base64URL.encode(state.key.publicKey)
                let keys = #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"\#(state.key.id)","x":"\#(x)"}]}"#
                return (200, Array(keys.utf8))
            case "/token": return Self.token(form ?? "", &state)
            default: return (404, [])
            }
        }
    }

    /// Gives an ID token for the code `good`, where PKCE is right.
    private static func token(_ form: String, _ state: inout State) -> (status: Int, body: [UInt8]) {
        state.form = Dictionary(
            form.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts.last ?? ""))
            }
        ) { first, _ in first }
        let verifier = state.form["code_verifier"] ?? ""
        var attempt = LoginAttempt.begin(at: Timestamp(milliseconds: 0), invitation: "")
        attempt.verifier = verifier
        guard state.form["code"] == "good", attempt.challenge == state.challenge else {
            return (400, Array(#"{"error":"invalid_grant"}"#.utf8))
        }
        var claims: [(String, JSONValue)] = [
            ("iss", .string(issuer)), ("aud", .string("martlet")), ("sub", .string("subject-1")),
            ("nonce", .string(state.nonce)), ("iat", .int(now() / 1000)), ("exp", .int(now() / 1000 + 60)),
            ("email", .string("Owner@example.com")), ("email_verified", .bool(true)), ("name", .string("Olga")),
        ]
        for (name, value) in state.claims {
            claims.removeAll { $0.0 == name }
            claims.append((name, value))
        }
        let signer = state.signer ?? state.key
        let header = #"{"alg":"\#(state.algorithm)","kid":"\#(signer.id)"}"#
        let body = JSONValue.object(claims.map { .init($0.0, $0.1) }).text
        let signed = Base64URL.encode(header.utf8) + "." + Base64URL.encode(body.utf8)
        let token = signed + "." + Base64URL.encode(signer.sign(Array(signed.utf8)))
        return (200, Array(#"{"access_token":"x","token_type":"Bearer","id_token":"\#(token)"}"#.utf8))
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000
    }
}

@Suite("Access: login at an identity provider")
struct IdentityLoginTests {
    private struct Flow {
        let fixture: AccessFixture
        let server: TestProvider
        let provider: IdentityProvider

        init(_ fixture: AccessFixture, _ change: (inout IdentityProviderSettings) -> Void = { _ in }) throws {
            self.fixture = fixture
            server = try TestProvider()
            var settings = try IdentityProviderSettings(
                issuer: TestProvider.issuer, clientID: "martlet", clientSecret: SecretBytes("s3cret&="),
                redirectURL: "https://martlet.example.com/callback")
            settings.bindsVerifiedEmail = true
            change(&settings)
            provider = IdentityProvider(settings, transport: server)
        }

        /// Goes to the provider and comes back; the browser and the state may be others than those that were sent.
        func login(
            code: String = "good", browser: String? = nil, state: String? = nil, invitation: String? = nil
        ) async throws -> TokenPair {
            let begun = try await fixture.access.begin(at: provider, invitation: invitation)
            let query = Dictionary(
                begun.url.split(separator: "?")[1].split(separator: "&").map { pair in
                    let parts = pair.split(separator: "=", maxSplits: 1)
                    return (String(parts[0]), String(parts[1]))
                }
            ) { first, _ in first }
            #expect(query["response_type"] == "code" && query["code_challenge_method"] == "S256")
            #expect(query["scope"] == "openid%20email%20profile" && query["client_id"] == "martlet")
            server.state.withLock {
                $0.challenge = query["code_challenge"] ?? ""
                $0.nonce = query["nonce"] ?? ""
            }
            return try await fixture.access.finish(
                at: provider, code: code, state: state ?? query["state"] ?? "", browser: browser ?? begun.browser,
                address: "192.0.2.7")
        }
    }

    @Test("a verified email finds its user once; from then on the subject does", arguments: StorePlace.allCases)
    func binding(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let flow = try Flow(fixture)
            let pair = try await flow.login()
            let caller = try await fixture.access.caller(token: pair.access, address: nil).caller
            #expect(caller.user?.id == fixture.owner.id)
            flow.server.state.withLock { $0.claims = [("email", .string("other@example.com"))] }
            let again = try await flow.login()
            #expect(
                try await fixture.access.caller(token: again.access, address: nil).caller.user?.id == fixture.owner.id)
            // Another subject with the same email is somebody else.
            flow.server.state.withLock { $0.claims = [("sub", .string("subject-2"))] }
            await expectError(.forbidden) { _ = try await flow.login() }
            #expect(try await fixture.audit().map(\.action) == ["users.bind", "tokens.create", "tokens.create"])
            #expect(flow.server.state.withLock { $0.keyRequests } == 1)
            #expect(
                flow.server.state.withLock { $0.form["redirect_uri"] } == "https%3A%2F%2Fmartlet.example.com%2Fcallback"
            )
            #expect(
                flow.server.state.withLock { $0.form["client_secret"] } == nil, "the secret belongs into the header")
        }
    }

    @Test("who is not known needs an invitation, or a domain that may join", arguments: StorePlace.allCases)
    func joining(place: StorePlace) async throws {
        try await AccessFixture.with(place) { fixture in
            let flow = try Flow(fixture)
            flow.server.state.withLock { $0.claims = [("email", .string("new@example.com")), ("sub", .string("n"))] }
            await expectError(.forbidden) { _ = try await flow.login() }
            let owner = try await fixture.caller(fixture.owner)
            let (_, token) = try await fixture.change {
                try InvitationChanges.create(email: "new@example.com", roles: [], expiresAt: nil, by: owner, $0)
            }
            let pair = try await flow.login(invitation: token)
            #expect(
                try await fixture.access.caller(token: pair.access, address: nil).caller.user?.email
                    == "new@example.com")
            #expect(try await fixture.tryLogin("new@example.com", "") == .refused, "a user without a password")
            let open = try Flow(fixture) {
                $0.joinRoles = ["admin"]
                $0.joinDomains = ["example.org"]
            }
            open.server.state.withLock { $0.claims = [("email", .string("x@example.net")), ("sub", .string("x"))] }
            await expectError(.forbidden) { _ = try await open.login() }
            open.server.state.withLock { $0.claims = [("email", .string("y@example.org")), ("sub", .string("y"))] }
            let joined = try await fixture.access.caller(token: open.login().access, address: nil).caller
            #expect(joined.permissions == .all && joined.membership == .member)
            open.server.state.withLock {
                $0.claims = [
                    ("email", .string("z@example.org")), ("sub", .string("z")), ("email_verified", .bool(false)),
                ]
            }
            await expectError(.forbidden) { _ = try await open.login() }
        }
    }

    @Test("whatever is not right about code, state, browser or token is refused")
    func refusals() async throws {
        try await AccessFixture.with(.sqlite) { fixture in
            let flow = try Flow(fixture)
            await expectError(.unauthenticated) { _ = try await flow.login(code: "bad") }
            await expectError(.unauthenticated) { _ = try await flow.login(browser: "another browser") }
            await expectError(.unauthenticated) { _ = try await flow.login(state: "x") }
            let foreign = try LoginAttempt.begin(at: Timestamp(milliseconds: 0), invitation: "").sealed(
                with: SecretKeyRing.new())
            await expectError(.unauthenticated) { _ = try await flow.login(state: foreign) }
            let old = LoginAttempt.begin(at: Timestamp(milliseconds: 0), invitation: "")
            let state = try old.sealed(with: fixture.ring)
            await expectError(.unauthenticated) { _ = try await flow.login(browser: old.browser, state: state) }
            for (name, value) in [
                ("iss", .string("https://evil.example.com")), ("aud", .string("another")), ("nonce", .string("x")),
                ("exp", .int(1)), ("iat", .int(4_000_000_000)), ("nbf", .int(4_000_000_000)), ("sub", .string("")),
                ("aud", .array([.string("martlet"), .string("another")])), ("azp", .string("another")),
            ] as [(String, JSONValue)] {
                flow.server.state.withLock { $0.claims = [(name, value)] }
                await expectError(.unauthenticated) { _ = try await flow.login() }
            }
            flow.server.state.withLock {
                $0.claims = [("aud", .array([.string("martlet"), .string("x")])), ("azp", .string("martlet"))]
            }
            _ = try await flow.login()
            flow.server.state.withLock { $0.claims = [] }
            for algorithm in ["none", "HS256", "RS256", "ES256"] {
                flow.server.state.withLock { $0.algorithm = algorithm }
                await expectError(.unauthenticated) { _ = try await flow.login() }
            }
            let stranger = try SigningKey.generate(at: Timestamp(milliseconds: 0))
            flow.server.state.withLock {
                $0.algorithm = "EdDSA"
                $0.signer = stranger
            }
            await expectError(.unauthenticated) { _ = try await flow.login() }
            flow.server.state.withLock { $0.signer = nil }
            _ = try await flow.login()
            let other = try Flow(fixture)
            other.server.state.withLock { $0.issuer = "https://other.example.com" }
            await expectError(.invalidInput) { _ = try await other.login() }
        }
    }

    @Test("URLs that are none, and plain ones, are refused")
    func settings() {
        for issuer in ["http://id.example.com", "id.example.com", "https://x?y", "https://x#y", ""] {
            #expect(throws: MartletError.self) {
                _ = try IdentityProviderSettings(
                    issuer: issuer, clientID: "c", clientSecret: nil, redirectURL: "https://martlet.example.com/x")
            }
        }
    }
}
