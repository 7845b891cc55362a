import MartletCore
import MartletHTTPServer
import MartletLoopback
import MartletTestSupport
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Logging in at an identity provider over real sockets.
@Suite("API: login at an identity provider")
struct IdentityEndpointTests {
    private static let oneMebibyte = 1 << 20

    @Test("a verified email finds its user, and gives tokens as a password does", arguments: ServerStore.allCases)
    func browser(store: ServerStore) async throws {
        try await IdentityPlace.with(store, { $0.bindsVerifiedEmail = true }) { place in
            let answer = try await place.logIn()
            #expect(answer.status == 200, "\(answer.text) \(place.reports.all)")
            #expect(answer.data["type"]?.stringValue == "tokens" && answer.headers["Cache-Control"] == "no-store")
            let cookie = answer.headers["Set-Cookie"] ?? ""
            #expect(cookie.hasPrefix("martlet_login=;") && cookie.contains("Max-Age=0"))
            let token = try #require(answer.attribute("access")?.stringValue)
            let me = try await place.api.ask(.get, "/users/me", showing: .token(token))
            #expect(me.id == place.api.owner.user.id)
            let refresh = try await place.api.ask(
                .post, "/tokens/refresh", showing: .nothing,
                APIFixture.document(
                    "tokens-refresh", [("refresh", answer.attribute("refresh") ?? .null)]))
            #expect(refresh.status == 200)
            let log = try await place.api.ask(.get, "/audit-log")
            #expect(log.all("action").prefix(2) == ["tokens.create", "users.bind"])
            #expect(log.all("address").first == "192.0.2.1" && log.all("request_id").first == "request-1")
            // From now on the subject is the user, whatever its email.
            place.provider.behave { $0.claims = ["email": .string("elsewhere@example.com")] }
            #expect(try await place.logIn().status == 200)
            #expect(try await place.log().filter { $0 == "users.bind" }.count == 1)
            // Another subject with the email is somebody else.
            place.provider.behave { $0.claims = ["sub": .string("subject-2")] }
            #expect(try await place.logIn().status == 403)
        }
    }

    @Test("unless told otherwise users come by invitation only", arguments: ServerStore.allCases)
    func invited(store: ServerStore) async throws {
        try await IdentityPlace.with(store) { place in
            #expect(try await place.logIn().status == 403, "the owner's verified email does not do")
            let new: JSONValue = .string("new@example.com")
            place.provider.behave { $0.claims = ["sub": .string("new"), "email": new] }
            let before = try await place.log()
            #expect(try await place.logIn().status == 403, "nobody knows this user")
            let invitation = try await place.invitation(for: "new@example.com")
            place.provider.behave {
                $0.claims = ["sub": .string("new"), "email": new, "email_verified": .bool(false)]
            }
            #expect(try await place.logIn(invitation: invitation).status == 403, "the email is not verified")
            place.provider.behave {
                $0.claims = ["sub": .string("new"), "email": new, "email_verified": .string("true")]
            }
            #expect(try await place.logIn(invitation: invitation).status == 403, "a text is no flag")
            place.provider.behave { $0.claims = ["sub": .string("n"), "email": .string("x@example.com")] }
            #expect(try await place.logIn(invitation: invitation).status == 400, "the invitation is another's")
            #expect(try await place.logIn(invitation: "1-none").status == 400)
            #expect(try await place.log() == ["invitations.create", "roles.create"] + before)

            place.provider.behave { $0.claims = ["sub": .string("new"), "email": new] }
            let answer = try await place.logIn(invitation: invitation)
            #expect(answer.status == 200, "\(answer.text)")
            let token = try #require(answer.attribute("access")?.stringValue)
            let me = try await place.api.ask(.get, "/users/me", showing: .token(token))
            #expect(me.attribute("email") == new && me.attribute("name")?.stringValue == "Olga Owner")
            #expect(try await place.log().prefix(2) == ["tokens.create", "invitations.accept"])
            #expect(try await place.logIn().status == 200, "known by the subject, without an invitation")
        }
    }

    @Test("a client that opens the page itself begins and finishes with documents", arguments: ServerStore.allCases)
    func client(store: ServerStore) async throws {
        try await IdentityPlace.with(store, { $0.bindsVerifiedEmail = true }) { place in
            let begun = try await place.api.ask(
                .post, "/tokens/oidc", showing: .nothing, APIFixture.document("oidc-logins"))
            #expect(begun.status == 200 && begun.headers["Cache-Control"] == "no-store", "\(begun.text)")
            #expect(begun.attribute("expires_at")?.stringValue.flatMap { Timestamp(rfc3339: $0) } != nil)
            let url = try #require(begun.attribute("authorization_url")?.stringValue)
            let back = try await place.provider.logIn(at: url)
            func document(_ binding: JSONValue) -> JSONValue {
                APIFixture.document(
                    "tokens-oidc",
                    [
                        ("code", .string(back.query["code"] ?? "")), ("state", .string(back.query["state"] ?? "")),
                        ("binding", binding), ("iss", .string(back.query["iss"] ?? "")),
                    ])
            }
            let path = "/tokens/oidc/callback"
            let wrong = try await place.api.ask(.post, path, showing: .nothing, document(.string("another")))
            #expect(wrong.status == 401)
            let binding = try #require(begun.attribute("binding"))
            let done = try await place.api.ask(.post, path, showing: .nothing, document(binding))
            #expect(done.status == 200 && done.attribute("access") != nil, "\(done.text)")
            let again = try await place.api.ask(.post, path, showing: .nothing, document(binding))
            #expect(again.status == 401, "the code was used")
        }
    }

    @Test("what is not right about browser, state or code lets nobody in", arguments: ServerStore.allCases)
    func wrongReturns(store: ServerStore) async throws {
        try await IdentityPlace.with(store, { $0.bindsVerifiedEmail = true }) { place in
            let before = try await place.log()
            // A way back that is refused before the provider is asked leaves the code good.
            let mine = try await place.visit()
            for cookie in ["", try await place.visit().cookie, mine.cookie.dropLast() + "x"] {
                let stranger = IdentityPlace.Visit(cookie: String(cookie), back: mine.back)
                #expect(try await place.comeBack(stranger).status == 401, "another browser")
            }
            #expect(try await place.log() == before)
            #expect(try await place.comeBack(mine).status == 200)

            let visit = try await place.visit()
            let other = try await place.visit()
            let state = visit.back.query["state"] ?? ""
            let target = visit.back.target
            for (reason, wrong, status) in [
                ("another state", target.replacing(state, with: other.back.query["state"] ?? ""), 401),
                ("a changed state", target.replacing(state, with: "x" + state), 401),
                ("no state", target.replacing("state=" + state, with: "x=y"), 400),
                ("another code", target.replacing(visit.back.query["code"] ?? "", with: "guessed"), 401),
                ("no code", target.replacing("code=", with: "kode="), 400),
                ("another issuer", target.replacing("iss=", with: "iss=x"), 401),
                ("a refusal", "/api/v1/tokens/oidc/callback?error=access_denied&state=\(state)", 401),
            ] {
                let answer = try await place.comeBack(visit, wrong)
                #expect(answer.status == status, "\(reason): \(answer.status) \(answer.text)")
                #expect(answer.attribute("access") == nil)
            }
            #expect(try await place.log().filter { $0 == "tokens.create" }.count == 2, "the owner's and mine")
            // The same way back a second time.
            #expect(try await place.comeBack(other).status == 200, "\(place.reports.all)")
            #expect(try await place.comeBack(other).status == 401, "a code that was used")
            #expect(place.reports.all.isEmpty)
        }
    }

    @Test("an ID token that is not right in one way lets nobody in", arguments: ServerStore.allCases)
    func wrongTokens(store: ServerStore) async throws {
        try await IdentityPlace.with(store, { $0.bindsVerifiedEmail = true }) { place in
            let before = try await place.log()
            let ways: [(String, (inout TestIdentityProvider.Behaviour) -> Void)] = [
                ("another nonce", { $0.claims = ["nonce": .string("another")] }),
                ("no nonce", { $0.claims = ["nonce": .null] }),
                ("expired", { $0.claims = ["exp": .int(1_700_000_000)] }),
                ("no expiry", { $0.claims = ["exp": .null] }),
                ("of the future", { $0.claims = ["iat": .int(9_000_000_000)] }),
                ("for somebody else", { $0.claims = ["aud": .string("another")] }),
                (
                    "for several",
                    { $0.claims = ["aud": .array([.string(TestIdentityProvider.clientID), .string("b")])] }
                ),
                ("of another issuer", { $0.claims = ["iss": .string("https://evil.example.com")] }),
                ("of nobody", { $0.claims = ["sub": .null] }),
                ("without a signature", { $0.algorithm = "none" }),
                ("signed with the public key as a secret", { $0.algorithm = "HS256" }),
                ("said to be of another algorithm", { $0.algorithm = "ES256" }),
                ("of an unknown key", { $0.keyID = "key-2" }),
                ("of another key by the same name", { $0.signsWithOtherKey = true }),
                ("no token at all", { $0.answers = ["/token": .json("{}")] }),
                ("no JSON", { $0.answers = ["/token": .json("<html>")] }),
            ]
            for (reason, way) in ways {
                place.provider.behave(way)
                let answer = try await place.logIn()
                #expect(answer.status == 401, "\(reason): \(answer.status) \(answer.text)")
                #expect(answer.codes == ["no_active_account"], "\(reason)")
            }
            #expect(try await place.log() == before)
            place.provider.behave { _ in }
            #expect(try await place.logIn().status == 200, "\(place.reports.all)")
        }
    }

    @Test("a key that is new at the provider is asked for")
    func rotation() async throws {
        try await IdentityPlace.with(impatience: .zero, { $0.bindsVerifiedEmail = true }) { place in
            #expect(try await place.logIn().status == 200)
            let keys = try await RawClient.send(
                "GET /keys HTTP/1.1\r\nHost: provider\r\n\r\n", port: place.provider.port)
            let renamed = keys.text.replacing("key-1", with: "key-2")
            place.provider.behave {
                $0.keyID = "key-2"
                $0.answers = ["/keys": .json(renamed)]
            }
            #expect(try await place.logIn().status == 200, "\(place.reports.all)")
        }
    }

    @Test("a provider that is down or not well: 503, and the reason for whoever runs the server")
    func unwell() async throws {
        let document = "/.well-known/openid-configuration"
        let tooLong = String(repeating: " ", count: Self.oneMebibyte) + "{}"
        let ways: [(String, (inout TestIdentityProvider.Behaviour) -> Void)] = [
            ("500", { $0.answers = [document: .json("{}", status: 500)] }),
            ("a redirect", { $0.answers = [document: .json("{}", status: 302, headers: [("Location", "/keys")])] }),
            ("no JSON", { $0.answers = [document: .json("<html>")] }),
            ("too long", { $0.answers = [document: .json(tooLong)] }),
            ("cut off", { $0.answers = [document: .cutOff("{")] }),
            ("another issuer", { $0.issuer = "https://other.example.com" }),
        ]
        for (reason, way) in ways {
            try await IdentityPlace.with { place in
                place.provider.behave(way)
                let answer = try await place.api.ask(.get, "/tokens/oidc", showing: .nothing)
                #expect(answer.status == 503, "\(reason): \(answer.status) \(answer.text)")
                #expect(answer.headers["Retry-After"] != nil && answer.headers["Location"] == nil)
                #expect(place.reports.all.count == 1, "\(reason)")
            }
        }
        try await IdentityPlace.with(.sqlite, { $0.bindsVerifiedEmail = true }) { place in
            for path in ["/token", "/keys"] {
                place.provider.behave { $0.answers = [path: .json("{}", status: 502)] }
                #expect(try await place.logIn().status == 503, "\(path)")
            }
            let visit = try await place.visit()
            place.provider.stop()
            let answer = try await place.comeBack(visit)
            #expect(answer.status == 503 && !answer.text.contains("127.0.0.1"), "\(answer.text)")
            #expect(place.reports.all.last?.contains("127.0.0.1") == true, "\(place.reports.all)")
        }
    }

    @Test("a provider with a private address is not asked unless that is allowed")
    func privateAddress() async throws {
        try await IdentityPlace.with(allowsPrivate: false) { place in
            let answer = try await place.api.ask(.get, "/tokens/oidc", showing: .nothing)
            #expect(answer.status == 503)
            #expect(place.reports.all.first?.contains("public internet") == true, "\(place.reports.all)")
        }
    }

    @Test("users of a domain that may join get the roles for it", arguments: ServerStore.allCases)
    func joining(store: ServerStore) async throws {
        try await IdentityPlace.with(
            store,
            {
                $0.joinDomains = ["example.org"]
                $0.joinRoles = ["admin"]
            }
        ) { place in
            place.provider.behave { $0.claims = ["sub": .string("j"), "email": .string("j@example.org")] }
            let answer = try await place.logIn()
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try await place.log().prefix(2) == ["tokens.create", "memberships.create"])
            for email in ["j@example.net", "j@sub.example.org", "j@xexample.org"] {
                place.provider.behave { $0.claims = ["sub": .string(email), "email": .string(email)] }
                #expect(try await place.logIn().status == 403, "\(email)")
            }
        }
    }

    @Test("PKCE is that of RFC 7636, appendix B")
    func challenge() {
        var attempt = LoginAttempt.begin(at: Timestamp(milliseconds: 0), invitation: "")
        attempt.verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }
}
