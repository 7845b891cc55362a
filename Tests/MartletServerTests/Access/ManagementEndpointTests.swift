import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: roles, provider groups, keys and the audit log")
struct ManagementEndpointTests {
    private func role(_ name: String, _ attributes: [(String, JSONValue)] = [], _ links: [(String, JSONValue)] = [])
        -> JSONValue
    {
        APIFixture.document("roles", [("name", .string(name))] + attributes, links)
    }

    @Test("roles with Prowler's shape, and their provider groups", arguments: ServerStore.allCases)
    func roles(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let group = try await api.ask(
                .post, "/provider-groups", APIFixture.document("provider-groups", [("name", .string("g"))]))
            #expect(group.status == 201)
            let made = try await api.ask(
                .post, "/roles",
                role(
                    "scanner", [("manage_scans", .bool(true))],
                    [("provider_groups", APIFixture.identifiers("provider-groups", [group.id]))]))
            #expect(made.status == 201 && made.attribute("permission_state") == .string("limited"))
            #expect(made.attribute("manage_users") == .bool(false) && made.attribute("manage_scans") == .bool(true))
            #expect(made.data["relationships"]?["provider_groups"]?["meta"]?["count"] == .int(1))
            #expect(made.headers["Location"] == "http://test/api/v1/roles/\(made.id)")
            #expect(try await api.ask(.post, "/roles", role("scanner")).status == 409)
            #expect(try await api.ask(.post, "/roles", APIFixture.document("roles")).codes == ["required"])
            #expect(try await api.ask(.get, "/roles?filter[permission_state]=unlimited").all("name") == ["admin"])
            let path = "/roles/\(made.id)"
            let changed = try await api.ask(
                .patch, path, APIFixture.document("roles", id: made.id, [("manage_providers", .bool(true))]))
            #expect(changed.attribute("manage_scans") == .bool(true) && changed.attribute("name") == .string("scanner"))
            let links = path + "/relationships/provider_groups"
            #expect(try await api.ask(.delete, links).status == 204)
            let none = try await api.ask(.get, path)
            #expect(none.data["relationships"]?["provider_groups"]?["data"]?.arrayValue?.isEmpty == true)
            let ids = APIFixture.links("provider-groups", [group.id])
            #expect(try await api.ask(.post, links, ids).status == 204)
            #expect(try await api.ask(.patch, links, ids).status == 204)
            let strange = APIFixture.links("provider-groups", ["00000000-0000-4000-8000-000000000000"])
            #expect(try await api.ask(.patch, links, strange).status == 400)
            #expect(try await api.ask(.get, "/roles/x").status == 400)
            #expect(try await api.ask(.get, "/roles/00000000-0000-4000-8000-000000000000").status == 404)
            #expect(try await api.ask(.delete, path).status == 204)
            #expect(try await api.ask(.delete, path).status == 404)
            let admin = try #require(try await api.ask(.get, "/roles").data[0]?["id"]?.stringValue)
            #expect(try await api.ask(.delete, "/roles/\(admin)").status == 409)
        }
    }

    @Test(
        "a role and a group change only as they were read, where the client asks for that",
        arguments: ServerStore.allCases)
    func conditions(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let token = APIFixture.Shown.token(api.owner.access)
            for (path, type) in [("/roles", "roles"), ("/provider-groups", "provider-groups")] {
                let made = try await api.ask(.post, path, APIFixture.document(type, [("name", .string("x"))]))
                let place = "\(path)/\(made.id)"
                let tag = try #require(try await api.ask(.get, place).headers["ETag"])
                let same = try await api.ask(.get, place, showing: token, headers: ["If-None-Match": tag])
                #expect(same.status == 304)
                func rename(_ name: String, _ headers: HTTPHeaders) async throws -> Int {
                    let body = APIFixture.document(type, id: made.id, [("name", .string(name))])
                    return try await api.ask(.patch, place, showing: token, body, headers: headers).status
                }
                #expect(try await rename("y", ["If-Match": tag]) == 200)
                #expect(try await rename("z", ["If-Match": tag]) == 412)
                #expect(try await api.ask(.delete, place, showing: token, headers: ["If-Match": tag]).status == 412)
                #expect(try await api.ask(.get, place).attribute("name") == .string("y"))
                #expect(try await api.ask(.get, place, showing: token, headers: ["If-None-Match": tag]).status == 200)
                #expect(try await api.ask(.delete, place, showing: token, headers: ["If-Match": "*"]).status == 204)
            }
        }
    }

    @Test("who gets which role, and nobody gives what they do not have", arguments: ServerStore.allCases)
    func assignment(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let anna = try await api.member("anna", [.manageAccount])
            let bert = try await api.member("bert")
            let all = try #require(
                try await api.ask(.get, "/roles?filter[name]=admin").data[0]?["id"]?.stringValue)
            let links = APIFixture.links("roles", [all])
            let path = "/users/\(bert.user.id)/relationships/roles"
            #expect(try await api.ask(.post, path, as: anna, links).status == 403)
            #expect(
                try await api.ask(.post, "/roles", as: anna, role("x", [("manage_users", .bool(true))])).status == 403)
            #expect(try await api.ask(.post, path, links).status == 204)
            let user = try await api.ask(.get, "/users/\(bert.user.id)")
            #expect(user.data["relationships"]?["roles"]?["data"]?.arrayValue?.count == 2)
            #expect(try await api.ask(.patch, path, links).status == 204)
            #expect(try await api.ask(.delete, path).status == 204)
            let own = "/users/\(api.owner.user.id)/relationships/roles"
            #expect(try await api.ask(.delete, own, as: api.owner).status == 204, "anna manages the tenant, too")
            #expect(try await api.ask(.get, "/roles").status == 403)
        }
    }

    @Test(
        "provider groups name accounts by their ids, and show those that the caller sees",
        arguments: ServerStore.allCases)
    func groups(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let number = api.tenant.number
            let keys = try ["111", "222"].map { uid in
                AccountKey(provider: try #require(Provider(name: "aws")), uid: uid)
            }
            try await api.change { connection in
                for key in keys { _ = try Accounts.account(key, tenant: number, connection) }
            }
            let ids = keys.map(\.identifier)
            let made = try await api.ask(
                .post, "/provider-groups",
                APIFixture.document(
                    "provider-groups", [("name", .string("g"))],
                    [("providers", APIFixture.identifiers("providers", [ids[0]]))]))
            #expect(made.status == 201)
            let path = "/provider-groups/\(made.id)"
            func providers(_ person: APIFixture.Person? = nil) async throws -> Set<String> {
                let links = try await api.ask(.get, path, as: person).data["relationships"]?["providers"]?["data"]
                return Set(links?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [])
            }
            #expect(try await providers() == [ids[0]])
            let links = path + "/relationships/providers"
            #expect(try await api.ask(.post, links, APIFixture.links("providers", [ids[1]])).status == 204)
            #expect(try await providers() == Set(ids))
            // Whoever sees one account of two sees it alone, and what they change leaves the other in the group.
            let small = try await api.ask(
                .post, "/provider-groups",
                APIFixture.document(
                    "provider-groups", [("name", .string("small"))],
                    [("providers", APIFixture.identifiers("providers", [ids[0]]))]))
            let anna = try await api.member("anna", [.manageProviders], seesAll: false)
            let hers = try #require(
                try await api.ask(.get, "/roles?filter[name]=role of anna@example.com".replacing(" ", with: "%20"))
                    .data[0]?["id"]?.stringValue)
            let shown = APIFixture.links("provider-groups", [small.id])
            #expect(
                try await api.ask(.post, "/roles/\(hers)/relationships/provider_groups", shown).status == 204)
            #expect(try await providers(anna) == [ids[0]])
            let hidden = try await api.ask(.patch, links, as: anna, APIFixture.links("providers", [ids[1]]))
            #expect(hidden.status == 400)
            #expect(try await api.ask(.delete, links, as: anna).status == 204)
            #expect(try await providers() == [ids[1]])
            #expect(try await api.ask(.delete, path).status == 204)
            #expect(try await api.ask(.get, path).status == 404)
        }
    }

    @Test("a key is shown once, works, and is revoked", arguments: ServerStore.allCases)
    func keys(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let made = try await api.ask(
                .post, "/api-keys",
                APIFixture.document(
                    "api-keys", [("name", .string("ci key")), ("scopes", .array([.string("manage_account")]))]))
            #expect(made.status == 201)
            let text = try #require(made.attribute("api_key")?.stringValue)
            #expect(text.hasPrefix("pk_") && made.attribute("prefix")?.stringValue == String(text.prefix(11)))
            let list = try await api.ask(.get, "/api-keys?include=entity", showing: .key(text))
            #expect(list.status == 200 && !list.text.contains(text) && list.json["included"]?.arrayValue?.count == 1)
            let shown = try #require(list.data[0])
            #expect(
                shown["attributes"]?.objectValue?.map(\.key)
                    == ["name", "prefix", "expires_at", "revoked", "inserted_at", "last_used_at", "scopes"])
            #expect(shown["relationships"]?["entity"]?["data"]?["id"] == .string(api.owner.user.id))
            #expect(try await api.ask(.get, "/users", showing: .key(text)).status == 403, "beyond its scopes")
            for (method, path) in [(.post, "/tenants"), (.delete, "/tokens/current")] as [(HTTPMethod, String)] {
                let body = method == .post ? APIFixture.document("tenants", [("name", .string("x"))]) : nil
                #expect(try await api.ask(method, path, showing: .key(text), body).status == 403)
            }
            let path = "/api-keys/\(made.id)"
            let named = try await api.ask(
                .patch, path, APIFixture.document("api-keys", id: made.id, [("name", .string("other"))]))
            #expect(named.attribute("name") == .string("other"))
            let revoked = try await api.ask(.delete, path + "/revoke")
            #expect(revoked.status == 200 && revoked.attribute("revoked") == .bool(true))
            #expect(try await api.ask(.get, "/users/me", showing: .key(text)).status == 401)
            #expect(try await api.ask(.get, "/api-keys?filter[revoked]=true").data.arrayValue?.count == 1)
        }
    }

    @Test("every change is in the audit log, with who, from where and which request", arguments: ServerStore.allCases)
    func audit(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let made = try await api.ask(.post, "/roles", role("r"))
            _ = try await api.ask(.post, "/roles", role("r"))
            _ = try await api.ask(.delete, "/roles/\(made.id)")
            let log = try await api.ask(.get, "/audit-log?filter[subject_id]=\(made.id)")
            #expect(log.all("action") == ["roles.delete", "roles.create"])
            let entry = try #require(log.data[1]?["attributes"])
            #expect(entry["actor_name"] == .string("owner@example.com") && entry["address"] == .string("192.0.2.1"))
            #expect(entry["request_id"] == .string("request-1") && entry["detail"]?["name"] == .string("r"))
            let id = try #require(log.data[0]?["id"]?.stringValue)
            #expect(try await api.ask(.get, "/audit-log/\(id)").attribute("action") == .string("roles.delete"))
            let oldest = try await api.ask(.get, "/audit-log?sort=inserted_at&page[size]=1")
            #expect(oldest.all("action") == ["tokens.create"])
            #expect(try await api.ask(.get, "/audit-log?filter[inserted_at__lte]=2020-01-01").all("action").isEmpty)
            #expect(try await api.ask(.get, "/audit-log", as: api.member("anna")).status == 403)
        }
    }
}
