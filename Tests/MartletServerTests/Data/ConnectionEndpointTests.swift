import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: tests of connections")
struct ConnectionEndpointTests {
    private static let uid = "0f0e0d0c-0b0a-4908-8706-050403020100"

    private static func provider(_ api: APIFixture, _ name: String, _ uid: String) async throws -> String {
        try await api.ask(
            .post, "/providers",
            APIFixture.document("providers", [("provider", .string(name)), ("uid", .string(uid))])
        ).id
    }

    private static func setSecret(_ api: APIFixture, _ provider: String, _ value: String) async throws {
        let made = try await api.ask(
            .post, "/providers/secrets",
            APIFixture.document(
                "provider-secrets",
                [
                    ("secret_type", .string("static")),
                    ("secret", .object([.init("AZURE_CLIENT_SECRET", .string(value))])),
                ],
                [("provider", .object([.init("type", .string("providers")), .init("id", .string(provider))]))]))
        #expect(made.status == 201, "\(made.text)")
    }

    /// A platform that lets `right` in, and tells others what is wrong with them.
    private static func check(_ api: APIFixture, timeout: Duration = .seconds(60)) -> ConnectionCheck {
        let ring = api.ring
        return ConnectionCheck(
            test: { account, secret in
                let value = secret.field("AZURE_CLIENT_SECRET")?.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
                switch value {
                case "right": return
                case "unknown": throw MartletError(.notFound, "sees no subscription \(account.uid)")
                case "away": throw MartletError(.io, "cannot be connected to", place: "login.example")
                case "slow": try await Task.sleep(for: .seconds(3_600))
                default: throw MartletError(.denied, "refuses the credentials")
                }
            }, keys: { _ in ring }, timeout: timeout)
    }

    @Test("202 with a task whose result tells; the provider shows it", arguments: ServerStore.allCases)
    func azure(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let id = try await Self.provider(api, "azure", Self.uid)
            func connection() async throws -> JSONValue {
                try await api.ask(.get, "/providers/\(id)").attribute("connection") ?? .null
            }
            let untested = try await connection()
            #expect(untested["connected"] == .null && untested["last_checked_at"] == .null)
            try await api.working([.connection: ConnectionRunner(Self.check(api))]) {
                func test() async throws -> JSONValue {
                    let asked = try await api.ask(.post, "/providers/\(id)/connection")
                    #expect(asked.status == 202 && asked.headers["Content-Location"] == "/api/v1/tasks/\(asked.id)")
                    #expect(asked.headers["Retry-After"] != nil)
                    #expect(asked.attribute("name")?.stringValue == "provider-connection-check")
                    #expect(asked.attribute("task_args")?["provider_id"]?.stringValue == id)
                    let done = try await api.ended(asked.id)
                    #expect(done.attribute("state")?.stringValue == "completed", "\(done.text)")
                    return done.attribute("result") ?? .null
                }
                var result = try await test()
                #expect(result["connected"]?.boolValue == false, "\(result.text)")
                #expect(result["error"]?.stringValue?.contains("no secret") == true)
                try await Self.setSecret(api, id, "right")
                result = try await test()
                #expect(result["connected"]?.boolValue == true && result["error"] == .null, "\(result.text)")
                #expect(try await connection()["connected"]?.boolValue == true)
                #expect(try await connection()["last_checked_at"]?.stringValue != nil)
                let secret = try await api.ask(.get, "/providers/secrets").ids.first ?? ""
                for (value, code, words) in [
                    ("wrong-hidden", "denied", "refuses"), ("unknown", "not_found", Self.uid),
                    ("away", "io", "login.example"),
                ] {
                    _ = try await api.ask(
                        .patch, "/providers/secrets/\(secret)",
                        APIFixture.document(
                            "provider-secrets", id: secret,
                            [
                                ("secret_type", .string("static")),
                                ("secret", .object([.init("AZURE_CLIENT_SECRET", .string(value))])),
                            ]))
                    result = try await test()
                    #expect(result["connected"]?.boolValue == false && result["code"]?.stringValue == code)
                    #expect(result["error"]?.stringValue?.contains(words) == true, "\(result.text)")
                    #expect(!result.text.contains("hidden"))
                }
                #expect(try await connection()["connected"]?.boolValue == false)
                #expect(try await api.ask(.get, "/providers?filter%5Bconnected%5D=false").ids == [id])
                #expect(try await api.ask(.get, "/tasks?filter%5Bname%5D=provider-connection-check").ids.count == 5)
            }
        }
    }

    @Test("while one is under way another request is the same task; it can be cancelled; one that hangs ends")
    func underWay() async throws {
        try await APIFixture.with { api in
            let id = try await Self.provider(api, "azure", Self.uid)
            try await Self.setSecret(api, id, "slow")
            let first = try await api.ask(.post, "/providers/\(id)/connection")
            #expect(try await api.ask(.post, "/providers/\(id)/connection").id == first.id)
            // Who does not see the account sees nothing of its test.
            let blind = try await api.member("blind", .manageProviders, seesAll: false)
            #expect(try await api.ask(.get, "/tasks/\(first.id)", as: blind).status == 404)
            #expect(try await api.ask(.post, "/providers/\(id)/connection", as: blind).status == 404)
            try await api.working([.connection: ConnectionRunner(Self.check(api))]) {
                var state: String?
                for _ in 0..<6_000 where state != "executing" {
                    state = try await api.ask(.get, "/tasks/\(first.id)").attribute("state")?.stringValue
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(state == "executing")
                #expect(try await api.ask(.delete, "/tasks/\(first.id)").status == 202)
                let ended = try await api.ended(first.id)
                #expect(ended.attribute("state")?.stringValue == "cancelled", "\(ended.text)")
            }
            try await api.working([.connection: ConnectionRunner(Self.check(api, timeout: .milliseconds(50)))]) {
                let second = try await api.ask(.post, "/providers/\(id)/connection").id
                let result = try await api.ended(second).attribute("result") ?? .null
                #expect(
                    result["connected"]?.boolValue == false && result["code"]?.stringValue == "io", "\(result.text)")
            }
        }
    }

    @Test("of what Martlet does not connect to itself nothing is made up", arguments: ServerStore.allCases)
    func external(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let id = try await Self.provider(api, "aws", "999988887777")
            let impossible = try await api.ask(.post, "/providers/\(id)/connection")
            #expect(impossible.status == 422 && impossible.text.contains("cannot be tested"), "\(impossible.text)")
            #expect(
                try await api.ask(.post, "/providers/00000000-0000-4000-8000-000000000000/connection").status == 404)
            var source = ExternalSource(
                name: "aws", command: ExternalCommand(arguments: ["/bin/true"]), output: .standardOutput)
            source.secrets = [try ExternalSecret("accounts/{provider}/{account}", place: "-")]
            try await ExternalSources(store: api.store).add(source)
            try await api.working([.connection: ConnectionRunner(Self.check(api))]) {
                func test() async throws -> JSONValue {
                    let asked = try await api.ask(.post, "/providers/\(id)/connection")
                    #expect(asked.status == 202, "\(asked.text)")
                    return try await api.ended(asked.id).attribute("result") ?? .null
                }
                var result = try await test()
                #expect(result["connected"]?.boolValue == false, "\(result.text)")
                #expect(result["error"]?.stringValue?.contains("accounts/aws/999988887777") == true)
                try await Self.setSecret(api, id, "x")
                result = try await test()
                #expect(result["connected"] == .null && result["error"] == .null, "\(result.text)")
                #expect(result["source"]?.stringValue == "external:aws")
                #expect(try await api.ask(.get, "/providers/\(id)").attribute("connection")?["connected"] == .null)
                source.command = ExternalCommand(arguments: ["/nowhere/prowler"])
                try await ExternalSources(store: api.store).add(source, replacing: true)
                result = try await test()
                #expect(result["connected"]?.boolValue == false && result["code"]?.stringValue == "external_missing")
            }
        }
    }

    @Test("an account of Azure with its secret is scanned by Martlet where nobody says otherwise")
    func defaultSource() async throws {
        try await APIFixture.with { api in
            let id = try await Self.provider(api, "azure", Self.uid)
            let link = ("provider", JSONValue.object([.init("type", .string("providers")), .init("id", .string(id))]))
            func source(_ attributes: [(String, JSONValue)] = []) async throws -> (Int, String?) {
                let asked = try await api.ask(.post, "/scans", APIFixture.document("scans", attributes, [link]))
                guard asked.status == 202 else { return (asked.status, asked.text) }
                let scan = try await api.ask(.get, "/scans/\(asked.id)")
                _ = try await api.ask(.post, "/scans/\(asked.id)/cancel")
                return (asked.status, try await api.store.read { try $0.scan(scan.id) }?.origin)
            }
            let refused = try await source()
            #expect(refused.0 == 422 && refused.1?.contains("secret") == true)
            try await Self.setSecret(api, id, "x")
            #expect(try await source() == (202, "azure"))
            #expect(try await source([("source", .string("azure"))]) == (202, "azure"))
            let daily = try await api.ask(
                .post, "/schedules/daily", APIFixture.document("daily-schedules", [("provider_id", .string(id))]))
            #expect(daily.status == 202, "\(daily.text)")
            // One external source that is there for something else changes nothing; one of the provider's name does.
            func add(_ name: String) async throws {
                try await ExternalSources(store: api.store).add(
                    ExternalSource(
                        name: name, command: ExternalCommand(arguments: ["/bin/true"]), output: .standardOutput))
            }
            try await add("lab")
            #expect(try await source() == (202, "azure"))
            try await add("azure")
            #expect(try await source() == (202, "external:azure"))
            #expect(try await source([("source", .string("aws"))]).0 == 422)
        }
    }
}
