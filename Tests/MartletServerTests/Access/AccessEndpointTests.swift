import MartletCore
import MartletFormats
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: logging in")
struct TokenEndpointTests {
    private func login(_ email: String, _ password: String, tenant: String? = nil) -> JSONValue {
        var attributes: [(String, JSONValue)] = [("email", .string(email)), ("password", .string(password))]
        if let tenant { attributes.append(("tenant_id", .string(tenant))) }
        return APIFixture.document("tokens", attributes)
    }

    @Test("log in, refresh, switch and log out, with Prowler's shapes", arguments: ServerStore.allCases)
    func life(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let pair = try await api.ask(
                .post, "/tokens", showing: .nothing, login("Owner@example.com", APIFixture.password))
            #expect(pair.status == 200 && pair.data["type"]?.stringValue == "tokens")
            let refresh = try #require(pair.attribute("refresh")?.stringValue)
            let access = try #require(pair.attribute("access")?.stringValue)
            #expect(access.split(separator: ".").count == 3 && pair.headers["Cache-Control"] == "no-store")
            let me = try await api.ask(.get, "/users/me", showing: .token(access))
            #expect(me.status == 200 && me.id == api.owner.user.id)
            let body = APIFixture.document("tokens-refresh", [("refresh", .string(refresh))])
            let next = try await api.ask(.post, "/tokens/refresh", showing: .nothing, body)
            #expect(next.status == 200 && next.data["type"]?.stringValue == "tokens-refresh")
            #expect(try await api.ask(.post, "/tokens/refresh", showing: .nothing, body).status == 401)
            let again = try await api.ask(.get, "/users/me", showing: .token(access))
            #expect(again.status == 401, "the session goes on although a refresh token was used twice")
            let made = try await api.ask(
                .post, "/tenants", APIFixture.document("tenants", [("name", .string("Second"))]))
            #expect(made.status == 201)
            let to = APIFixture.document("tokens-switch-tenant", [("tenant_id", .string(made.id))])
            let switched = try await api.ask(.post, "/tokens/switch", to)
            #expect(switched.status == 200 && switched.data["type"]?.stringValue == "tokens-switch-tenant")
            let there = try #require(switched.attribute("access")?.stringValue)
            let tenants = try await api.ask(.get, "/tenants?sort=-name", showing: .token(there))
            #expect(tenants.all("name") == ["default", "Second"])
            #expect(try await api.ask(.get, "/roles", showing: .token(there)).all("name") == ["admin"])
            let strange = APIFixture.document(
                "tokens-switch-tenant", [("tenant_id", .string("00000000-0000-4000-8000-000000000000"))])
            #expect(try await api.ask(.post, "/tokens/switch", strange).status == 400)
            #expect(try await api.ask(.delete, "/tokens/current", showing: .token(there)).status == 204)
            #expect(try await api.ask(.get, "/tenants", showing: .token(there)).status == 401)
        }
    }

    @Test("a failed login says the same whatever was wrong, and in the end to wait")
    func failures() async throws {
        try await APIFixture.with { api in
            var answers: Set<String> = []
            for (email, password) in [
                ("owner@example.com", "wrong"), ("nobody@example.com", APIFixture.password), ("x", "y"),
            ] {
                let answer = try await api.ask(.post, "/tokens", showing: .nothing, login(email, password))
                #expect(answer.status == 401 && answer.codes == ["no_active_account"])
                answers.insert(answer.text)
            }
            #expect(answers.count == 1)
            // The first pause is a second long, which a busy machine may need for one login: then it takes more failures.
            var wait: String?
            for failures in 6..<12 where wait == nil {
                for _ in 0..<failures {
                    _ = try await api.ask(.post, "/tokens", showing: .nothing, login("owner@example.com", "x"))
                }
                let answer = try await api.ask(
                    .post, "/tokens", showing: .nothing, login("owner@example.com", APIFixture.password))
                if answer.status == 429 { wait = answer.headers["Retry-After"] }
            }
            #expect(Int(wait ?? "") ?? 0 >= 1)
        }
    }

    @Test(
        "credentials that are none are 401",
        arguments: [
            "Bearer x", "Bearer a.b.c", "Api-Key x", "Api-Key pk_00000000.x", "Basic eDp5", "Bearer", "Bearer  ",
        ])
    func nonsense(header: String) async throws {
        try await APIFixture.with { api in
            let answer = try await api.ask(.get, "/users/me", showing: .header(header))
            #expect(answer.status == 401 && answer.headers["WWW-Authenticate"] != nil)
        }
    }
}

@Suite("API: users, tenants and members")
struct UserEndpointTests {
    @Test("a user shows what Prowler's does", arguments: ServerStore.allCases)
    func shape(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let me = try await api.ask(.get, "/users/me?include=roles,memberships")
            #expect(me.attribute("email") == .string("owner@example.com"))
            #expect(me.attribute("date_joined")?.stringValue?.hasSuffix("Z") == true)
            let links = me.data["relationships"]
            #expect(links?["memberships"]?["data"]?.arrayValue?.count == 1)
            #expect(links?["roles"]?["data"]?[0]?["type"] == .string("roles"))
            let included = me.json["included"]?.arrayValue?.compactMap { $0["type"]?.stringValue }
            #expect(included.map(Set.init) == ["roles", "memberships"])
            #expect(!me.text.contains("argon2") && !me.text.contains("password"))
            let sparse = try await api.ask(.get, "/users/me?fields[users]=name")
            #expect(sparse.data["attributes"]?.objectValue?.map(\.key) == ["name"])
            #expect(try await api.ask(.get, "/users/me?include=nothing").status == 400)
        }
    }

    @Test("lists are filtered, searched, sorted and paged", arguments: ServerStore.allCases)
    func lists(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            for name in ["anna", "bert", "carl"] { _ = try await api.member(name) }
            func emails(_ query: String) async throws -> [String] {
                try await api.ask(.get, "/users" + query).all("email").map { String($0.prefix { $0 != "@" }) }
            }
            #expect(try await emails("") == ["anna", "bert", "carl", "owner"])
            #expect(try await emails("?sort=-email") == ["owner", "carl", "bert", "anna"])
            #expect(try await emails("?filter[email]=bert@example.com") == ["bert"])
            #expect(try await emails("?filter[email__icontains]=AR") == ["carl"])
            #expect(try await emails("?filter[search]=ER") == ["bert", "owner"])
            #expect(try await emails("?filter[is_active]=false").isEmpty)
            #expect(try await emails("?filter[date_joined__gte]=2020-01-01").count == 4)
            #expect(try await emails("?filter[date_joined__lte]=2020-01-01").isEmpty)
            let page = try await api.ask(.get, "/users?page[size]=3&page[number]=2")
            #expect(page.all("email") == ["owner@example.com"])
            #expect(page.json["meta"]?["pagination"]?["count"] == .int(4))
            #expect(page.json["links"]?["prev"]?.stringValue?.contains("page%5Bnumber%5D=1") == true)
            for bad in ["?sort=password", "?filter[x]=1", "?filter[date_joined]=yesterday", "?page[number]=0", "?x=1"] {
                #expect(try await api.ask(.get, "/users" + bad).status == 400, "\(bad)")
            }
        }
    }

    @Test(
        "users change themselves; a manager changes only those who are in no other tenant",
        arguments: ServerStore.allCases)
    func changing(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let anna = try await api.member("anna")
            func change(_ person: APIFixture.Person, _ id: String, _ attributes: [(String, JSONValue)]) async throws
                -> Answer
            {
                try await api.ask(.patch, "/users/\(id)", as: person, APIFixture.document("users", id: id, attributes))
            }
            let renamed = try await change(anna, anna.user.id, [("name", .string(" Anna B. "))])
            #expect(renamed.status == 200 && renamed.attribute("name") == .string("Anna B."))
            #expect(try await change(anna, api.owner.user.id, [("name", .string("Eve"))]).status == 403)
            let taken = try await change(anna, anna.user.id, [("email", .string("owner@example.com"))])
            #expect(taken.status == 409 && taken.pointers == ["/data/attributes/email"])
            let weak = try await change(anna, anna.user.id, [("password", .string("short"))])
            #expect(weak.status == 400 && weak.codes.allSatisfy { $0 == "password_rules" } && weak.codes.count >= 3)
            #expect(
                try await change(anna, anna.user.id, [("name", .string("ab"))]).pointers == ["/data/attributes/name"])
            #expect(try await change(api.owner, anna.user.id, [("company_name", .string("ACME"))]).status == 200)
            let other = try await api.otherTenant()
            try await api.access.dispatch.write { connection in
                try connection.enter(.tenant(other.tenant.number))
                try MembershipRecords.add(anna.user.id, as: .member, tenant: other.tenant.number, connection)
            }
            let stolen = try await change(api.owner, anna.user.id, [("password", .string("Another-Horse-9"))])
            #expect(stolen.status == 403)
            #expect(try await change(anna, anna.user.id, [("password", .string("Another-Horse-9"))]).status == 200)
            #expect(try await api.ask(.get, "/users/me", as: anna).status == 401, "the session outlives the password")
        }
    }

    @Test("memberships: seen, changed and ended by whom it may concern", arguments: ServerStore.allCases)
    func memberships(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let anna = try await api.member("anna")
            let base = "/tenants/\(api.tenant.uid)/memberships"
            #expect(try await api.ask(.get, base).data.arrayValue?.count == 2)
            let own = try await api.ask(.get, base, as: anna)
            #expect(own.data.arrayValue?.count == 1)
            let hers = try #require(own.data[0]?["id"]?.stringValue)
            #expect(own.data[0]?["relationships"]?["tenant"]?["data"]?["id"] == .string(api.tenant.uid))
            let owners = try await api.ask(.get, base + "?filter[role]=owner")
            let his = try #require(owners.data[0]?["id"]?.stringValue)
            #expect(try await api.ask(.get, "/users/\(anna.user.id)/memberships/\(hers)", as: anna).status == 200)
            #expect(try await api.ask(.get, "/users/\(api.owner.user.id)/memberships", as: anna).status == 403)
            let promote = APIFixture.document("memberships", id: hers, [("role", .string("owner"))])
            #expect(try await api.ask(.patch, "\(base)/\(hers)", as: anna, promote).status == 403)
            #expect(try await api.ask(.delete, "\(base)/\(his)", as: anna).status == 403)
            #expect(try await api.ask(.delete, "\(base)/\(his)").status == 409)
            #expect(try await api.ask(.patch, "\(base)/\(hers)", promote).attribute("role") == .string("owner"))
            #expect(try await api.ask(.delete, "\(base)/\(hers)", as: anna).status == 204)
            #expect(try await api.ask(.get, base, as: anna).status == 401)
            #expect(try await api.ask(.delete, "/users/\(api.owner.user.id)").status == 409)
        }
    }

    @Test("a tenant that is made has the frameworks of the program", arguments: ServerStore.allCases)
    func frameworksOfATenant(place: ServerStore) async throws {
        try await APIFixture.with(place) { plain in
            var services = plain.services
            services.store.defaultFrameworks = ShippedFrameworks.defaults()
            let api = APIFixture(
                store: plain.store, access: plain.access, ring: plain.ring, services: services, tenant: plain.tenant,
                owner: plain.owner)
            let made = try await api.ask(
                .post, "/tenants", APIFixture.document("tenants", [("name", .string("Second"))]))
            #expect(made.status == 201)
            let to = APIFixture.document("tokens-switch-tenant", [("tenant_id", .string(made.id))])
            let there = try #require(
                try await api.ask(.post, "/tokens/switch", to).attribute("access")?.stringValue)
            let frameworks = try await api.ask(.get, "/frameworks", showing: .token(there))
            #expect(frameworks.data.arrayValue?.count == ShippedFrameworks.files().count)
            #expect(
                frameworks.data.arrayValue?.allSatisfy { $0["attributes"]?["shipped"]?.boolValue == true } == true)
            #expect(try await api.ask(.get, "/frameworks").data.arrayValue?.isEmpty == true)
        }
    }

    @Test("signing up takes an invitation unless the server says otherwise", arguments: ServerStore.allCases)
    func signUp(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            func user(_ email: String) -> JSONValue {
                APIFixture.document(
                    "users",
                    [
                        ("name", .string("Somebody")), ("email", .string(email)),
                        ("password", .string(APIFixture.password)),
                    ])
            }
            #expect(try await api.ask(.post, "/users", showing: .nothing, user("a@example.com")).status == 403)
            let bad = try await api.ask(
                .post, "/users?invitation_token=1-aaaaaaaaaaaaaaaaaaaaaaaaaa", showing: .nothing, user("a@example.com"))
            #expect(bad.status == 400)
            let role = try await api.ask(
                .post, "/roles", APIFixture.document("roles", [("name", .string("r")), ("manage_scans", .bool(true))]))
            let invitation = try await api.ask(
                .post, "/tenants/invitations",
                APIFixture.document(
                    "invitations", [("email", .string("A@example.com"))],
                    [("roles", APIFixture.identifiers("roles", [role.id]))]))
            #expect(invitation.status == 201 && invitation.attribute("state") == .string("pending"))
            let token = try #require(invitation.attribute("token")?.stringValue)
            let listed = try await api.ask(.get, "/tenants/invitations?filter[state__in]=pending,expired")
            #expect(listed.data[0]?["attributes"]?["token"] == .null && !listed.text.contains(token))
            let made = try await api.ask(
                .post, "/users?invitation_token=\(token)", showing: .nothing, user("a@example.com"))
            #expect(made.status == 201 && made.attribute("email") == .string("a@example.com"))
            let again = try await api.ask(
                .post, "/users?invitation_token=\(token)", showing: .nothing, user("b@example.com"))
            #expect(again.status == 410)
            let accepted = try await api.ask(.get, "/tenants/invitations?filter[state]=accepted")
            #expect(accepted.data.arrayValue?.count == 1)
            var open = api.services
            open.allowsSignUp = true
            let free = APIFixture(
                store: api.store, access: api.access, ring: api.ring, services: open, tenant: api.tenant,
                owner: api.owner)
            #expect(try await free.ask(.post, "/users", showing: .nothing, user("c@example.com")).status == 201)
        }
    }
}
