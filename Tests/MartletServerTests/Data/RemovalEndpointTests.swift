import MartletCore
import MartletHTTPServer
import Testing

@testable import MartletEngine
@testable import MartletServer
@testable import MartletStore

@Suite("API: removal by tasks")
struct RemovalEndpointTests {
    @Test("an account: 202 with a task, out of sight at once, gone with its secret", arguments: ServerStore.allCases)
    func account(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let api = data.api
            let id = data.first.identifier
            let known = try await api.store.database.read { connection in
                try connection.first("SELECT COUNT(*) FROM findings WHERE account = 1") { $0.int(0) }
            }
            #expect((known ?? 0) > 0)
            let secret = try await api.ask(
                .post, "/providers/secrets",
                APIFixture.document(
                    "provider-secrets",
                    [("secret_type", .string("static")), ("secret", .object([.init("A", .string("b"))]))],
                    [("provider", .object([.init("type", .string("providers")), .init("id", .string(id))]))]))
            #expect(secret.status == 201)
            let asked = try await api.ask(.delete, "/providers/\(id)")
            #expect(asked.status == 202 && asked.attribute("name")?.stringValue == "provider-deletion", "\(asked.text)")
            #expect(asked.headers["Content-Location"] == "/api/v1/tasks/\(asked.id)")
            #expect(asked.attribute("task_args")?["provider_id"]?.stringValue == id)
            for path in ["/providers/\(id)", "/providers/secrets/\(secret.id)"] {
                #expect(try await api.ask(.get, path).status == 404)
            }
            #expect(try await api.ask(.delete, "/providers/\(id)").status == 404)
            #expect(try await api.ask(.get, "/providers").ids == [data.second.identifier])
            #expect(try await api.ask(.get, "/findings?page%5Bsize%5D=1000").ids.count == 25)
            let scans = try await api.ask(.get, "/scans")
            #expect(scans.ids.count == 1 && scans.json["meta"]?["pagination"]?["count"]?.intValue == 1, "\(scans.text)")
            #expect(try await api.ask(.get, "/tasks").ids == [asked.id])
            #expect(try await api.ask(.get, "/overviews/findings").attribute("total")?.intValue == 25)
            #expect(try await api.ask(.delete, "/tasks/\(asked.id)").status == 409)
            try await api.working([.accountRemoval: AccountRemovalRunner(batchSize: 7)]) {
                let done = try await api.ended(asked.id)
                #expect(done.attribute("state")?.stringValue == "completed", "\(done.text)")
            }
            let left = try await api.store.database.read { connection in
                try connection.first("SELECT COUNT(*) FROM findings WHERE account = 1") { $0.int(0) }
            }
            #expect(left == 0)
        }
    }

    @Test(
        "a tenant: its last owner only; no log-ins and no changes from then on; at last nothing",
        arguments: ServerStore.allCases)
    func tenant(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let api = data.api
            let (other, stranger) = try await api.otherTenant()
            let path = "/tenants/\(api.tenant.uid)"
            let member = try await api.member("member", .all)
            #expect(try await api.ask(.delete, path, as: member).status == 403)
            #expect(try await api.ask(.delete, "/tenants/\(other.uid)").status == 404)
            let key = try await api.ask(
                .post, "/api-keys", APIFixture.document("api-keys", [("name", .string("key"))]))
            let shown = try #require(key.attribute("api_key")?.stringValue)
            #expect(try await api.ask(.delete, path, showing: .key(shown)).status == 403)
            let second = try await APIFixture.person("second@example.com", in: api.tenant, api.access, isOwner: true)
            let refused = try await api.ask(.delete, path)
            #expect(refused.status == 409 && refused.text.contains("2 owners"), "\(refused.text)")
            let memberships = try await api.ask(.get, path + "/memberships").json["data"]?.arrayValue ?? []
            let theirs = memberships.first { $0.text.contains(second.user.id) }?["id"]?.stringValue ?? ""
            #expect(try await api.ask(.delete, path + "/memberships/\(theirs)").status == 204)

            let stale = try await api.ask(
                .delete, path, showing: .token(api.owner.access), headers: ["If-Match": "\"another\""])
            #expect(stale.status == 412, "\(stale.text)")
            let asked = try await api.ask(.delete, path)
            #expect(asked.status == 202 && asked.attribute("name")?.stringValue == "tenant-deletion", "\(asked.text)")
            let log = try await api.ask(.get, "/audit-log?page%5Bsize%5D=100").all("action")
            #expect(log.contains("tenants.delete"), "\(log)")
            #expect(try await api.ask(.get, "/tasks/\(asked.id)").attribute("state")?.stringValue == "available")
            // Looked at, not changed; nobody new comes in.
            let document = APIFixture.document(
                "providers", [("provider", .string("aws")), ("uid", .string("999988887777"))])
            for shown in [APIFixture.Shown.token(api.owner.access), .token(member.access), .key(shown)] {
                let change = try await api.ask(.post, "/providers", showing: shown, document)
                #expect(change.status == 409 && change.text.contains("is being removed"), "\(change.text)")
            }
            #expect(try await api.ask(.delete, path).status == 409)
            let login = try await api.ask(
                .post, "/tokens", showing: .nothing,
                APIFixture.document(
                    "tokens",
                    [("email", .string("member@example.com")), ("password", .string(APIFixture.password))]))
            #expect(login.status == 401, "\(login.text)")
            let refresh = try await api.ask(
                .post, "/tokens/refresh", showing: .nothing,
                APIFixture.document("tokens-refresh", [("refresh", .string(member.refresh))]))
            #expect(refresh.status == 401, "\(refresh.text)")

            let number = api.tenant.number
            try await api.working([.tenantRemoval: TenantRemovalRunner(batchSize: 7)]) {
                #expect(try await api.ended(asked.id).status == 401)
                for _ in 0..<6_000 {
                    let left = try await api.access.dispatch.read { try TenantRecords.tenant(number: number, $0) }
                    if left == nil { break }
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            let left = try await api.store.database.scoped(to: .owner).read { connection in
                try (TableCatalog.copied + TableCatalog.notCopied).filter { table in
                    let key = table == "tenants" ? "id" : "tenant"
                    return try connection.first("SELECT 1 FROM \(table) WHERE \(key) = $1 LIMIT 1", [.int(number)]) {
                        _ in
                        true
                    } ?? false
                }
            }
            #expect(left.isEmpty, "\(left)")
            #expect(try await api.ask(.get, "/users/me", as: stranger).status == 200)
            let users = try await api.access.dispatch.read { try UserRecords.user(member.user.id, $0) }
            #expect(users == nil)
        }
    }

    @Test(
        "a mute of several accounts is brought to them by a task; until then no posture shows it",
        arguments: ServerStore.allCases)
    func mutes(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let api = data.api
            func document(_ name: String, _ conditions: [JSONValue.Member]) -> JSONValue {
                APIFixture.document(
                    "mute-rules",
                    [
                        ("name", .string(name)), ("reason", .string("known and accepted")),
                        ("conditions", .object(conditions)),
                    ])
            }
            func muted() async throws -> Int {
                try await api.ask(.get, "/findings?filter%5Bmuted%5D=true&page%5Bsize%5D=1000").ids.count
            }
            func muting() async throws -> [Int] {
                let flags = try await pending().filter { $0 }
                return [try await muted(), flags.count]
            }
            func pending() async throws -> [Bool] {
                try await api.ask(.get, "/providers").data.arrayValue?.compactMap {
                    $0["attributes"]?["pending"]?.boolValue
                } ?? []
            }
            // Of one account: it is there when the answer comes.
            let one = try await api.ask(
                .post, "/mute-rules",
                document(
                    "one",
                    [.init("accounts", .array([.string(data.second.uid)])), .init("checks", .array([.string("*")]))]))
            #expect(one.status == 201, "\(one.text)")
            #expect(try await muting() == [25, 0])
            #expect(try await api.ask(.delete, "/mute-rules/\(one.id)").status == 204)
            #expect(try await muted() == 0)

            let both = try await api.ask(
                .post, "/mute-rules", document("both", [.init("checks", .array([.string("*")]))]))
            #expect(both.status == 202 && both.data["type"]?.stringValue == "mute-rules", "\(both.text)")
            let task = try #require(both.headers["Content-Location"]).split(separator: "/").last.map(String.init) ?? ""
            #expect(try await muting() == [0, 2])
            #expect(try await api.ask(.get, "/overviews/findings").attribute("muted")?.intValue == 0)
            // Another change meanwhile is the same task's.
            let more = try await api.ask(
                .patch, "/mute-rules/\(both.id)",
                APIFixture.document("mute-rules", id: both.id, [("reason", .string("another one"))]))
            #expect(more.status == 202 && more.headers["Content-Location"]?.hasSuffix(task) == true, "\(more.text)")
            try await api.working([.reevaluation: ReevaluationRunner()]) {
                let done = try await api.ended(task)
                #expect(done.attribute("state")?.stringValue == "completed", "\(done.text)")
                #expect(try await muting() == [85, 0])
                #expect(try await api.ask(.get, "/overviews/findings").attribute("muted")?.intValue == 85)
                let removed = try await api.ask(.delete, "/mute-rules/\(both.id)")
                #expect(removed.status == 202 && removed.data["type"]?.stringValue == "tasks", "\(removed.text)")
                _ = try await api.ended(removed.id)
                #expect(try await muted() == 0)
            }
        }
    }
}
