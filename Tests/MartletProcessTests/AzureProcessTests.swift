import Foundation
import MartletCore
import MartletGenerator
import MartletLoopback
import MartletProgram
import MartletTestSupport
import Synchronization
import Testing

/// The program against an emulated subscription: in one shot, and through the queue.
@Suite(.timeLimit(.minutes(20)))
struct AzureProcessTests {
    private let folder: Folder
    private static let tenant = "11111111-1111-1111-1111-111111111111"
    private static let client = "22222222-2222-2222-2222-222222222222"

    init() throws { folder = try Folder() }

    /// An estate behind HTTP; `answer` goes first.
    private func serve(
        _ answer: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer? = { _ in nil }
    ) throws -> (server: LoopbackServer, map: String) {
        let estate = AzureEstate(size: 12)
        let server = try LoopbackServer { request in
            if let special = answer(request) { return special }
            let rest = request.target.dropFirst()
            let host = rest.prefix { $0 != "/" }
            let base = "http://\(request.headers["host"] ?? "")/\(host)"
            return .json(estate.answer(host: String(host), target: String(rest.dropFirst(host.count)), base: base))
        }
        return (server, try folder.write(#"{"*":"\#(server.url)/{host}"}"#, "map-\(UUID().uuidString).json"))
    }

    private func scan(
        _ map: String, _ options: String..., environment: [String: String] = ["AZURE_ACCESS_TOKEN": "token-hidden"]
    ) throws -> Binary.Result {
        try Binary.run(
            ["scan", "azure", "--subscription", AzureEstate.subscription, "--endpoint-map", map] + options,
            environment: environment, in: folder)
    }

    @Test func publishesWhatItFinds() throws {
        let (server, map) = try serve()
        defer { server.stop() }
        let result = try scan(map, "-o", "json")
        #expect(result.code == 0, "\(result.errors)")
        let json = try JSONValue.parse(result.output)
        #expect(json["source"]?.stringValue == "martlet")
        #expect(json["state"]?.stringValue == "completed", "\(json["gaps"]?.text ?? "")")
        #expect(!result.errors.contains("hidden"))
        let bad = try Binary.run(
            ["findings", "--check", "storage_*", "--status", "FAIL", "-o", "ndjson"], in: folder)
        #expect(bad.output.contains("/storageAccounts/st0"), "\(bad.output)")
        let again = try JSONValue.parse(try scan(map, "-o", "json").output)
        #expect(again["findings"]?["new"]?.intValue == 0 && again["findings"]?["gone"]?.intValue == 0)
        let shield = try JSONValue.parse(try scan(map, "-o", "openshield").output)
        let rules = shield["findings"]?.arrayValue ?? []
        #expect(rules.contains { $0["rule_id"]?.stringValue == "AZ-STOR-001" && $0["severity"]?.stringValue == "HIGH" })
    }

    @Test("a check of the tenant's own runs in its scans, with its parameters, and in nobody else's")
    func ownCheck() throws {
        let (server, map) = try serve()
        defer { server.stop() }
        func martlet(_ arguments: String...) throws -> Binary.Result {
            let result = try Binary.run(arguments, in: folder)
            #expect(result.code == 0, "\(arguments): \(result.errors)")
            return result
        }
        /// The verdicts of the check by the account's name, after a scan.
        func verdicts(tenant: String = "default") throws -> [String: String] {
            let scanned = try scan(map, "--services", "storage", "--tenant", tenant)
            #expect(scanned.code == 0, "\(scanned.errors)")
            let found = try martlet("--tenant", tenant, "findings", "--check", "my_check", "-o", "ndjson")
            return try found.output.split(separator: "\n").reduce(into: [:]) { verdicts, line in
                let finding = try JSONValue.parse(String(line))
                let name = try #require(finding["resource"]?["name"]?.stringValue)
                verdicts[name] = finding["status"]?.stringValue
            }
        }
        #expect(try verdicts().isEmpty)
        _ = try martlet("checks", "add", try folder.write(CommandLineCheckTests.check, "my_check.yaml"))
        let well = try verdicts()
        #expect(well.count > 2 && well.allSatisfy { $0.key.hasPrefix("st") && $0.value == "PASS" }, "\(well)")
        _ = try martlet("checks", "set", "my_check", "prefix=st1")
        let changed = try verdicts()
        #expect(changed.keys == well.keys && Set(changed.values) == ["PASS", "FAIL"], "\(changed)")
        for (name, verdict) in changed { #expect((verdict == "PASS") == name.hasPrefix("st1"), "\(name)") }
        #expect(try verdicts(tenant: "second").isEmpty)
    }

    @Test func oneDeniedCallIsAGapAndClosesNothing() throws {
        let isDenied = Atomic(false)
        let (server, map) = try serve { request in
            guard isDenied.load(ordering: .relaxed), request.path.hasSuffix("/storageAccounts") else { return nil }
            return .json(#"{"error":{"code":"AuthorizationFailed","message":"no"}}"#, status: 403)
        }
        defer { server.stop() }
        let before = try JSONValue.parse(try scan(map, "--services", "storage", "-o", "json").output)
        isDenied.store(true, ordering: .relaxed)
        let result = try scan(map, "--services", "storage,network", "-o", "json")
        #expect(result.code == 0)
        let after = try JSONValue.parse(result.output)
        #expect(after["state"]?.stringValue == "completed_with_gaps")
        #expect(after["findings"]?["gone"]?.intValue == 0)
        #expect(after["findings"]?["outside"]?.intValue == before["findings"]?["new"]?.intValue)
        let gap = try #require(after["gaps"]?.arrayValue?.first)
        #expect(gap["permission"]?.stringValue == "Microsoft.Storage/storageAccounts/read")
        #expect(result.errors.contains("Microsoft.Storage/storageAccounts/read"))
    }

    @Test(
        "what cannot be scanned is an error, and nothing is published",
        arguments: [(401, "refuse"), (404, "no subscription"), (500, "cannot be read")])
    func refusals(status: Int, words: String) throws {
        let (server, map) = try serve { _ in .json(#"{"error":{"code":"X","message":"m"}}"#, status: status) }
        defer { server.stop() }
        let result = try scan(map)
        #expect(result.code == 1 && result.output.isEmpty, "\(result.output)")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(!result.errors.contains("hidden"))
        #expect(try Binary.run(["findings", "-o", "ndjson"], in: folder).output.isEmpty)
    }

    /// A program `az` first on `PATH`.
    private func az(_ script: String) throws -> [String: String] {
        let folder = folder.url.appendingPathComponent("bin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // Written by another process: a child that is started meanwhile must not hold it open for writing.
        try Command.output(
            "/bin/sh",
            ["-c", #"printf '%s\n' "$1" > az && chmod 700 az"#, "sh", "#!/bin/sh\n\(script)"], in: folder.path)
        return ["PATH": folder.path + ":/usr/bin:/bin"]
    }

    @Test func azuresCommandLineGivesTheToken() throws {
        let (server, map) = try serve { request in
            request.headers["authorization"] == "Bearer from-az" ? nil : .json("{}", status: 401)
        }
        defer { server.stop() }
        let options = ["--cli", "--services", "storage", "-o", "json"]
        func scan(_ script: String) throws -> Binary.Result {
            try Binary.run(
                ["scan", "azure", "--subscription", AzureEstate.subscription, "--endpoint-map", map] + options,
                environment: try az(script), in: folder)
        }
        let good = #"echo '{"accessToken":"from-az","expires_on":4102444800,"tokenType":"Bearer"}'"#
        let result = try scan(
            #"[ "$1 $2" = "account get-access-token" ] && [ "$6" = "https://management.azure.com" ] || exit 9; \#(good)"#
        )
        #expect(result.code == 0, "\(result.errors)")
        #expect(try JSONValue.parse(result.output)["state"]?.stringValue == "completed")
        for (script, words) in [
            ("echo 'Please run az login, secret-detail' >&2; exit 1", "az account get-access-token"),
            ("echo secret-detail", "az login"), (#"echo '{"accessToken":"t","expires_on":1}'"#, "has ended"),
        ] {
            let refused = try scan(script)
            #expect(refused.code == 1 && refused.output.isEmpty, "\(refused.output)")
            #expect(refused.errors.contains(words) && !refused.errors.contains("secret-detail"), "\(refused.errors)")
        }
        let none = try Binary.run(
            ["scan", "azure", "--subscription", AzureEstate.subscription, "--endpoint-map", map] + options,
            environment: ["PATH": folder.path("nowhere")], in: folder)
        #expect(none.code == 1 && none.errors.contains("'az' cannot be run"), "\(none.errors)")
    }

    @Test func everythingDeniedIsNoSuccess() throws {
        let (server, map) = try serve { _ in
            .json(#"{"error":{"code":"AuthorizationFailed","message":"m"}}"#, status: 403)
        }
        defer { server.stop() }
        let result = try scan(map, "--services", "storage")
        #expect(result.code == 1 && result.errors.contains("nothing could be looked at"), "\(result.errors)")
        #expect(try Binary.run(["scans", "-o", "ndjson"], in: folder).output.contains("completed_with_gaps"))
    }

    @Test func whatIsWrongIsSaidBeforeAnythingIsAsked() throws {
        let (server, map) = try serve()
        defer { server.stop() }
        let noMap = try folder.write(#"{"*": "http://example.com/{host}"}"#, "bad-map.json")
        let token = ["AZURE_ACCESS_TOKEN": "t"]
        let cases: [(arguments: [String], environment: [String: String], words: String)] = [
            (["--endpoint-map", map], token, "--subscription"),
            (["--subscription", "mine", "--endpoint-map", map], token, "no subscription's id"),
            (["--subscription", AzureEstate.subscription, "--endpoint-map", map], [:], "as whom?"),
            (["--subscription", AzureEstate.subscription, "--endpoint-map", noMap], token, "bad-map.json: /*"),
            (
                ["--subscription", AzureEstate.subscription, "--endpoint-map", map, "--cli", "--managed-identity"], [:],
                "choose one"
            ),
            (
                ["--subscription", AzureEstate.subscription, "--endpoint-map", map, "--checks", "nothing"], token,
                "no check 'nothing'"
            ),
            (
                [
                    "--subscription", AzureEstate.subscription, "--endpoint-map", map, "--certificate", map,
                    "--tenant-id", Self.tenant, "--client-id", Self.client,
                ], [:], "PEM"
            ),
            (
                [
                    "--subscription", AzureEstate.subscription, "--endpoint-map", map, "--client-secret-file", map,
                    "--tenant-id", "a b", "--client-id", Self.client,
                ], [:], "tenant id"
            ),
        ]
        for (arguments, environment, words) in cases {
            let result = try Binary.run(["scan", "azure"] + arguments, environment: environment, in: folder)
            #expect(result.code != 0 && result.errors.contains(words), "\(arguments): \(result.errors)")
        }
        #expect(server.counts.requests == 0)
    }

    @Test(arguments: QueuePlace.allCases)
    func workersScanWithTheAccountsSecret(place: QueuePlace) async throws {
        let secrets = Mutex<[String]>([])
        let (server, map) = try serve { request in
            guard request.path.hasPrefix("/login.microsoftonline.com/") else {
                return request.headers["authorization"] == "Bearer from-secret" ? nil : .json("{}", status: 401)
            }
            secrets.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
            return .json(#"{"access_token":"from-secret","expires_in":3600}"#)
        }
        defer { server.stop() }
        try await place.with { queue in
            var queue = queue
            // A key beside the store is there only for an embedded one.
            queue.store.environment["MARTLET_SECRET_KEY"] = try queue.store.succeed(["secret", "key"])
            let account = AzureEstate.subscription
            try queue.store.succeed(["account", "add", "azure/\(account)", "-q"])
            let refused = try queue.store.run(["scan", "start", "-a", account, "--source", "azure"])
            #expect(refused.code == 1 && refused.errors.contains("accounts/azure/\(account)"), "\(refused.errors)")
            var store = queue.store
            store.environment["AZURE_TENANT_ID"] = Self.tenant
            store.environment["AZURE_CLIENT_ID"] = Self.client
            store.environment["AZURE_CLIENT_SECRET"] = "value-hidden"
            try store.succeed([
                "secret", "set", "accounts/azure/\(account)", "-q", "--from-env",
                "AZURE_TENANT_ID,AZURE_CLIENT_ID,AZURE_CLIENT_SECRET",
            ])
            let worker = try queue.worker("--endpoint-map", map, "--allow-private-addresses")
            let text = try queue.store.succeed([
                "scan", "start", "--account", account, "--source", "azure", "--services", "storage", "-o", "json",
            ])
            let id = try #require(try JSONValue.parse(text)["scan"]?.stringValue)
            let done = try queue.wait(for: id, worker) { ($0["finished_at"] as? String) != nil }
            #expect(done["state"] as? String == "completed", "\(done)")
            #expect(done["source"] as? String == "martlet" && done["attempts"] as? Int == 1)
            worker.send(SIGTERM)
            let ended = try worker.wait()
            #expect(ended.code == 0 && !ended.errors.contains("hidden"), "\(ended.errors)")
        }
        #expect(secrets.withLock { $0.count } == 1)
    }

    @Test func aCancelledScanEndsSoon() async throws {
        let arrived = Atomic(false)
        let (server, map) = try serve { request in
            guard request.path.hasSuffix("/storageAccounts") else { return nil }
            arrived.store(true, ordering: .relaxed)
            return .silence
        }
        defer { server.stop() }
        try await QueuePlace.sqlite.with { queue in
            let account = AzureEstate.subscription
            try queue.store.succeed(["account", "add", "azure/\(account)", "-q"])
            var store = queue.store
            store.environment["AZURE_ACCESS_TOKEN"] = "t"
            try store.succeed(["secret", "set", "accounts/azure/\(account)", "-q", "--from-env", "AZURE_ACCESS_TOKEN"])
            let worker = try queue.worker("--endpoint-map", map, "--allow-private-addresses")
            let text = try queue.store.succeed([
                "scan", "start", "--account", account, "--source", "azure", "--services", "storage", "-o", "json",
            ])
            let id = try #require(try JSONValue.parse(text)["scan"]?.stringValue)
            // Awake: other tests may hold the threads for longer than the call lasts.
            while !arrived.load(ordering: .relaxed) { usleep(20_000) }
            try queue.store.succeed(["scan", "cancel", id, "-q"])
            // The call would take a minute by itself, and the wait has an end of its own.
            let done = try queue.wait(for: id, worker) { ($0["finished_at"] as? String) != nil }
            #expect(done["state"] as? String == "cancelled")
            worker.send(SIGTERM)
            #expect(try worker.wait().code == 0)
        }
    }
}
