import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// The server as a process, over sockets.
@Suite(.timeLimit(.minutes(20)))
struct ServeProcessTests {
    private static func scan(_ provider: String, _ name: String) -> [String: Any] {
        [
            "data": [
                "type": "scans", "attributes": ["name": name, "source": "external:lab"],
                "relationships": ["provider": ["data": ["type": "providers", "id": provider]]],
            ]
        ]
    }

    private static func provider(_ server: ServerProcess) throws -> String {
        let providers = try server.ask("GET", "/providers")
        return try #require(providers.list.first?["id"] as? String, "\(providers.text)")
    }

    @Test(arguments: QueuePlace.allCases)
    func aScanGoesOnAfterItsWorkerWasKilled(place: QueuePlace) async throws {
        try await SourceProcesses.with(place) { lab in
            let store = lab.queue.store
            try lab.add("report")
            try ServerProcess.addOwner(store)
            lab.holdScanner()
            // An embedded store has its workers inside the server; beside PostgreSQL they are processes of their own.
            let inside = place == .sqlite
            var server = try ServerProcess(store, workers: inside ? 1 : 0)
            var worker = inside ? nil : try lab.queue.worker("--concurrency", "1")
            try server.logIn()
            let provider = try Self.provider(server)

            let begun = try server.ask("POST", "/scans", Self.scan(provider, "held"), headers: ["Idempotency-Key": "k"])
            #expect(begun.status == 202, "\(begun.text)")
            #expect(begun.header("Retry-After") != nil)
            let task = try #require(begun.header("Content-Location"))
            #expect(task.hasPrefix("/api/v1/tasks/"))
            let again = try server.ask("POST", "/scans", Self.scan(provider, "held"), headers: ["Idempotency-Key": "k"])
            #expect(again.text == begun.text)
            let id = try #require(begun.data["id"] as? String)
            _ = try server.poll("/tasks/\(id)") { $0.attribute("state") as? String == "executing" }
            try lab.scannerRuns()
            #expect(try server.ask("GET", "/findings?filter[scan]=\(id)").list.isEmpty)

            // The worker dies without a word.
            (worker ?? server.process).send(SIGKILL)
            _ = try (worker ?? server.process).wait()
            try lab.releaseScanner()
            if inside {
                server = try ServerProcess(store, workers: 1)
                try server.logIn()
            } else {
                worker = try lab.queue.worker("--concurrency", "1")
            }
            let done = try server.poll("/scans/\(id)") { reply in
                ["completed", "failed", "cancelled"].contains(reply.attribute("state") as? String)
            }
            #expect(done.attribute("state") as? String == "completed", "\(done.text)")
            #expect(try server.ask("GET", "/tasks/\(id)").attribute("state") as? String == "completed")

            try Self.compare(server, with: lab.findings, scan: id)
            server.process.send(SIGTERM)
            #expect(try server.process.wait().code == 0)
            worker?.send(SIGTERM)
            if let worker { #expect(try worker.wait().code == 0) }
        }
    }

    /// What the API gives of a scan is what the scanner wrote: check, status, severity, detail.
    private static func compare(_ server: ServerProcess, with file: String, scan: String) throws {
        let said = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }.compactMap { finding -> String? in
            let check = (finding["metadata"] as? [String: Any])?["event_code"] as? String
            let severity = (finding["severity"] as? String ?? "").lowercased()
            let detail = finding["status_detail"] as? String ?? ""
            return "\(check ?? "") \(finding["status_code"] as? String ?? "") \(severity) \(detail)"
        }
        let given = try server.ask("GET", "/findings?filter[scan]=\(scan)&page[size]=1000").list.compactMap { finding in
            let attributes = finding["attributes"] as? [String: Any]
            return ["check_id", "status", "severity", "status_extended"].map { attributes?[$0] as? String ?? "" }
                .joined(separator: " ")
        }
        #expect(!said.isEmpty)
        #expect(given.sorted() == said.sorted())
    }

    @Test(arguments: QueuePlace.allCases)
    func progressIsHeardAndNoSecretIsLogged(place: QueuePlace) async throws {
        try await SourceProcesses.with(place) { lab in
            let store = lab.queue.store
            try lab.add("report")
            try ServerProcess.addOwner(store)
            lab.holdScanner()
            let server = try ServerProcess(store, workers: 1)
            try server.logIn()
            let provider = try Self.provider(server)
            let begun = try server.ask("POST", "/scans", Self.scan(provider, "heard"))
            let id = try #require(begun.data["id"] as? String, "\(begun.text)")
            let listener = try RawClient(port: server.port)
            try listener.write(
                "GET /api/v1/scans/\(id)/events?access_token=\(server.token) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let head = String(decoding: try listener.line(until: Array("\r\n\r\n".utf8)), as: UTF8.self)
            #expect(head.contains("text/event-stream"), "\(head)")
            let first = String(decoding: try listener.line(until: Array("\n\n".utf8)), as: UTF8.self)
            #expect(first.contains("event: progress") && first.contains(id), "\(first)")
            try lab.scannerRuns()
            try lab.releaseScanner()
            var last = ""
            while !last.contains("event: end") {
                last = String(decoding: try listener.line(until: Array("\n\n".utf8)), as: UTF8.self)
            }
            #expect(last.contains("\"state\":\"completed\"") && last.contains("\"progress\":100"), "\(last)")
            let event = try #require(last.split(separator: "\n").first { $0.contains("id: ") }?.suffix(16))
            let seen = try server.ask("GET", "/scans/\(id)/events", headers: ["Last-Event-ID": String(event)])
            #expect(seen.status == 204)

            let metrics = try server.ask("GET", "/metrics")
            #expect(metrics.text.contains("martlet_http_requests_total{operation=\"tokens_create\",status=\"200\"} 1"))
            #expect(try server.ask("GET", "/health/ready").status == 200)
            server.process.send(SIGTERM)
            let result = try server.process.wait()
            #expect(result.code == 0)
            let log = result.errors
            #expect(log.contains("\"operation\":\"scans_create\""))
            for secret in [
                ServerProcess.password, server.token, store.environment["MARTLET_SECRET_KEY"] ?? "-", "access_token",
            ] { #expect(!log.contains(secret) && !result.output.contains(secret)) }
        }
    }

    /// Two servers, and a worker that neither knows: whoever listens to either hears the same.
    @Test func everyServerHearsWhatAnyWorkerDoes() async throws {
        try await SourceProcesses.with(.postgresql) { lab in
            let store = lab.queue.store
            try lab.add("report")
            try ServerProcess.addOwner(store)
            lab.holdScanner()
            let servers = [try ServerProcess(store, workers: 0), try ServerProcess(store, workers: 0)]
            for server in servers { try server.logIn() }
            let begun = try servers[0].ask("POST", "/scans", Self.scan(try Self.provider(servers[0]), "heard"))
            let id = try #require(begun.data["id"] as? String, "\(begun.text)")
            let listeners = try servers.map { server in
                let listener = try RawClient(port: server.port)
                try listener.write(
                    "GET /api/v1/scans/\(id)/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(server.token)\r\n\r\n"
                )
                let head = String(decoding: try listener.line(until: Array("\r\n\r\n".utf8)), as: UTF8.self)
                #expect(head.contains("text/event-stream"), "\(head)")
                return listener
            }
            func hear(_ listener: RawClient, _ part: String) throws -> String {
                var seen: [String] = []
                while seen.last?.contains(part) != true {
                    seen.append(String(decoding: try listener.line(until: Array("\n\n".utf8)), as: UTF8.self))
                    try #require(
                        seen.count < 1_000 && !(seen.dropLast().last?.contains("event: end") ?? false), "\(seen)")
                }
                return seen.last ?? ""
            }
            for listener in listeners { _ = try hear(listener, "\"state\":\"available\"") }
            let worker = try lab.queue.worker("--concurrency", "1")
            try lab.scannerRuns()
            for listener in listeners { _ = try hear(listener, "\"state\":\"executing\"") }
            try lab.releaseScanner()
            let ends = try listeners.map { try hear($0, "event: end") }
            #expect(ends[0].contains("\"state\":\"completed\"") && ends[0].contains("\"progress\":100"), "\(ends)")
            // The id of an event says the same everywhere: a client may come again to the other server.
            let name = ends.map { $0.split(separator: "\n").first { $0.contains("id: ") }?.suffix(16) }
            #expect(name[0] != nil && name[0] == name[1])
            for process in servers.map(\.process) + [worker] {
                process.send(SIGTERM)
                #expect(try process.wait().code == 0)
            }
        }
    }

    @Test func settingsComeFromFilesVariablesAndOptions() throws {
        let folder = try Folder()
        let file = try folder.write(
            "listen: 127.0.0.1:1\nworkers: 3\ntrusted-proxy: [10.0.0.0/8, \"::1\"]\n", "martlet.yaml")
        let token = try folder.write("from-a-file\n", "token")
        var store = TestStore(folder: folder)
        store.environment = [
            "MARTLET_CONFIG": file, "MARTLET_WORKERS": "5", "MARTLET_METRICS_TOKEN_FILE": token,
            "MARTLET_DATABASE": "postgresql://me:hunter2@db.example/x",
        ]
        let shown = try store.succeed(["config", "show"])
        #expect(shown.contains("\(file):1"))
        #expect(shown.contains("127.0.0.1:1 "))
        #expect(shown.contains("10.0.0.0/8,::1"))
        #expect(shown.split(separator: "\n").contains { $0.hasPrefix("workers") && $0.contains("5  (environment") })
        #expect(!shown.contains("from-a-file") && !shown.contains("hunter2"))
        #expect(shown.contains("***"))

        store.environment["MARTLET_CONFIG"] = try folder.write("listen: x\nworker: 3\n", "wrong.yaml")
        let wrong = try store.run(["config", "show"])
        #expect(wrong.code != 0)
        #expect(wrong.errors.contains("wrong.yaml:2:1") && wrong.errors.contains("worker"), "\(wrong.errors)")
        store.environment["MARTLET_CONFIG"] = nil
        store.environment["MARTLET_DATABASE"] = nil
        for (arguments, part) in [
            (["--listen", "nowhere:1:2"], "--listen"), (["--listen", "999.1.1.1:80"], "999.1.1.1"),
            (["--workers", "65"], "--workers"), (["--tls-key", token], "--tls-certificate"),
            (["--trusted-proxy", "somewhere"], "--trusted-proxy"), (["--cors-origin", "example"], "--cors-origin"),
            (["--public-url", "martlet"], "--public-url"),
            (["--tls-key", token, "--tls-certificate", token, "--listen", "127.0.0.1:0"], "PEM"),
        ] {
            let result = try store.run(["serve"] + arguments)
            #expect(result.code != 0 && result.errors.contains(part), "\(arguments): \(result.errors)")
        }
    }
}
