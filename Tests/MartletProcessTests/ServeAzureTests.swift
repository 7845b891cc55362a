import Foundation
import MartletGenerator
import MartletLoopback
import Synchronization
import Testing

/// The server with an account of Azure, whose hosts are emulated on loopback.
@Suite(.timeLimit(.minutes(20)))
struct ServeAzureTests {
    private static let value = "value-hidden"

    /// What the emulated hosts do beside answering.
    private final class State: Sendable {
        /// What Azure Resource Manager answers for the subscription itself; 0 for the subscription.
        let status = Atomic(0)
        /// Where redirects lead.
        let elsewhere = Mutex("")
        let secrets = Mutex<[String]>([])
    }

    private static func serve(_ state: State) throws -> LoopbackServer {
        let estate = AzureEstate(size: 6)
        return try LoopbackServer { request in
            let rest = request.target.dropFirst()
            let host = String(rest.prefix { $0 != "/" })
            if host == "login.microsoftonline.com" {
                state.secrets.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
                guard String(decoding: request.body, as: UTF8.self).contains(value) else {
                    return .json(#"{"error":"invalid_client","error_description":"AADSTS7000215: no"}"#, status: 401)
                }
                return .json(#"{"access_token":"from-secret","expires_in":3600}"#)
            }
            guard request.headers["authorization"] == "Bearer from-secret" else { return .json("{}", status: 401) }
            let path = String(rest.dropFirst(host.count))
            if path.hasPrefix("/subscriptions/\(AzureEstate.subscription)?") {
                switch state.status.load(ordering: .relaxed) {
                case 0: break
                case 302:
                    return .answer(
                        status: 302, headers: [("Location", state.elsewhere.withLock { $0 })], body: [])
                case let status: return .json(#"{"error":{"code":"X","message":"m"}}"#, status: status)
                }
            }
            return .json(
                estate.answer(host: host, target: path, base: "http://\(request.headers["host"] ?? "")/\(host)"))
        }
    }

    private static func provider(_ server: ServerProcess) throws -> String {
        let made = try server.ask(
            "POST", "/providers",
            ["data": ["type": "providers", "attributes": ["provider": "azure", "uid": AzureEstate.subscription]]])
        #expect(made.status == 201, "\(made.text)")
        return try #require(made.data["id"] as? String)
    }

    private static func setSecret(_ server: ServerProcess, _ provider: String, _ value: String) throws -> String {
        let fields = [
            "AZURE_TENANT_ID": "11111111-1111-1111-1111-111111111111",
            "AZURE_CLIENT_ID": "22222222-2222-2222-2222-222222222222", "AZURE_CLIENT_SECRET": value,
        ]
        let made = try server.ask(
            "POST", "/providers/secrets",
            [
                "data": [
                    "type": "provider-secrets", "attributes": ["secret_type": "static", "secret": fields],
                    "relationships": ["provider": ["data": ["type": "providers", "id": provider]]],
                ]
            ])
        #expect(made.status == 201, "\(made.text)")
        return try #require(made.data["id"] as? String)
    }

    private static func test(_ server: ServerProcess, _ provider: String) throws -> [String: Any] {
        let asked = try server.ask("POST", "/providers/\(provider)/connection")
        #expect(asked.status == 202, "\(asked.text)")
        let task = try #require(asked.header("Content-Location")?.split(separator: "/").last)
        let done = try server.poll("/tasks/\(task)") { reply in
            ["completed", "failed", "cancelled"].contains(reply.attribute("state") as? String)
        }
        #expect(done.attribute("state") as? String == "completed", "\(done.text)")
        return done.attribute("result") as? [String: Any] ?? [:]
    }

    @Test(arguments: QueuePlace.allCases)
    func anAccountIsAddedTestedScannedAndScheduled(place: QueuePlace) async throws {
        let state = State()
        let cloud = try Self.serve(state)
        defer { cloud.stop() }
        let inner = try LoopbackServer { _ in .json("{}") }
        defer { inner.stop() }
        state.elsewhere.withLock { $0 = inner.url + "/" }
        try await place.with { queue in
            var store = queue.store
            store.environment["MARTLET_SECRET_KEY"] = try store.succeed(["secret", "key"])
                .trimmingCharacters(in: .newlines)
            // By a name, which resolves to a private address.
            let map = try store.folder.write(
                #"{"*":"http://localhost:\#(cloud.port)/{host}"}"#, "map.json")
            try ServerProcess.addOwner(store)
            let careful = try ServerProcess(store, workers: 1, ["--endpoint-map", map])
            try careful.logIn()
            let provider = try Self.provider(careful)
            let secret = try Self.setSecret(careful, provider, Self.value)
            let refused = try Self.test(careful, provider)
            #expect(refused["connected"] as? Bool == false, "\(refused)")
            #expect((refused["error"] as? String)?.contains("not of the public internet") == true, "\(refused)")
            #expect(cloud.counts.connections == 0)
            careful.process.send(SIGTERM)
            _ = try careful.process.wait()

            let server = try ServerProcess(
                store, workers: 1, ["--endpoint-map", map, "--allow-private-addresses"])
            try server.logIn()
            let connected = try Self.test(server, provider)
            #expect(connected["connected"] as? Bool == true, "\(connected)")
            let shown = try server.ask("GET", "/providers/\(provider)")
            #expect((shown.attribute("connection") as? [String: Any])?["connected"] as? Bool == true)

            for (status, words) in [
                (403, "may not read"), (404, "sees no subscription"), (401, "refuses the access token"), (302, "302"),
            ] {
                state.status.store(status, ordering: .relaxed)
                let result = try Self.test(server, provider)
                #expect(result["connected"] as? Bool == false)
                #expect((result["error"] as? String)?.contains(words) == true, "\(status): \(result)")
            }
            #expect(inner.counts.connections == 0, "a redirect was followed")
            state.status.store(0, ordering: .relaxed)

            // No source is named: Martlet's own scanner, with the account's secret.
            let link = ["provider": ["data": ["type": "providers", "id": provider]]]
            let asked = try server.ask(
                "POST", "/scans",
                ["data": ["type": "scans", "attributes": ["services": ["storage"]], "relationships": link]])
            #expect(asked.status == 202, "\(asked.text)")
            let id = try #require(asked.data["id"] as? String)
            let done = try server.poll("/scans/\(id)") { ($0.attribute("completed_at") as? String) != nil }
            #expect(done.attribute("state") as? String == "completed", "\(done.text)")
            let found = try server.ask("GET", "/findings?filter[scan]=\(id)&filter[status]=FAIL&page[size]=1000").list
            #expect(!found.isEmpty)

            let daily = try server.ask(
                "POST", "/schedules/daily",
                ["data": ["type": "daily-schedules", "attributes": ["provider_id": provider]]])
            #expect(daily.status == 202, "\(daily.text)")
            let scheduled = try #require(daily.data["id"] as? String)
            let task = try server.poll("/tasks/\(scheduled)") { reply in
                ["completed", "failed", "cancelled"].contains(reply.attribute("state") as? String)
            }
            #expect(task.attribute("state") as? String == "completed", "\(task.text)")

            let wrong = try server.ask("DELETE", "/providers/secrets/\(secret)")
            #expect(wrong.status == 204)
            _ = try Self.setSecret(server, provider, "other-hidden")
            let denied = try Self.test(server, provider)
            #expect((denied["error"] as? String)?.contains("AADSTS7000215") == true, "\(denied)")

            let line = try store.run(["account", "test", AzureEstate.subscription, "--endpoint-map", map, "-o", "json"])
            #expect(line.code == 1 && line.output.contains("\"connected\":false"), "\(line.output) \(line.errors)")

            let removed = try server.ask("DELETE", "/providers/\(provider)")
            #expect(removed.status == 202, "\(removed.text)")
            let removal = try #require(removed.data["id"] as? String)
            _ = try server.poll("/tasks/\(removal)") { $0.attribute("state") as? String == "completed" }
            #expect(try server.ask("GET", "/findings").list.isEmpty)
            server.process.send(SIGTERM)
            let ended = try server.process.wait()
            #expect(ended.code == 0 && !ended.errors.contains("hidden"), "\(ended.errors)")
            #expect(!refused.description.contains("hidden") && !denied.description.contains("hidden"))
        }
    }
}
