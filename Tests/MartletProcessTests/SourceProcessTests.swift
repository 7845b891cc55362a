import Foundation
import Testing

/// Scans of external sources by worker processes.
@Suite(.timeLimit(.minutes(20)))
struct SourceProcessTests {
    private static func ended(_ scan: [String: Any]) -> Bool { (scan["finished_at"] as? String) != nil }

    private static func error(_ scan: [String: Any]) -> [String: Any] { scan["error"] as? [String: Any] ?? [:] }

    @Test(arguments: QueuePlace.allCases)
    func scannerFindsAndItsScopeArrives(place: QueuePlace) async throws {
        try await SourceProcesses.with(place) { lab in
            try lab.add(
                "report", "{provider}/{account}", "--to", "{output}/found.json", #"["--region","{regions}"]"#,
                #"["--checks={checks}"]"#, #"["--severity","{severity}"]"#, #"["--services","{services}"]"#,
                options: ["--output", "file:*.json", "--exit-codes", "3"], code: 3)
            let id = try lab.start(
                "--regions", "eu-west-1,us-east-1", "--checks", "s3_bucket_default_encryption", "--severity",
                "High,low",
                "--services", "s3")
            let worker = try lab.queue.worker()
            let done = try lab.queue.wait(for: id, worker, until: Self.ended)
            #expect(done["state"] as? String == "completed", "\(done)")
            #expect((done["findings"] as? [String: Any])?["new"] as? Int == 6)
            #expect(done["origin"] as? String == "external:lab" && done["source"] as? String == "prowler")
            let filters = done["filters"] as? [String: [String]]
            #expect(filters?["severities"] == ["high", "low"] && filters?["regions"] == ["eu-west-1", "us-east-1"])
            let given = lab.traced("argument")
            #expect(given[1] == "aws/210987654321" && given[3].hasSuffix("/work/found.json"))
            #expect(
                given.dropFirst(4) == [
                    "--region", "eu-west-1", "us-east-1", "--checks=s3_bucket_default_encryption", "--severity", "high",
                    "low", "--services", "s3",
                ])
            try lab.nothingIsLeft(of: try lab.scannerRuns())
            worker.send(SIGTERM)
            #expect(try worker.wait().code == 0)
        }
    }

    @Test func whereNobodyNamesASourceItIsTheAccounts() async throws {
        try await SourceProcesses.with(.sqlite) { lab in
            let store = lab.queue.store
            func origin(_ account: String, _ options: String...) throws -> String? {
                let text = try store.succeed(["scan", "start", "-a", account, "-o", "json"] + options)
                let answer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
                return try lab.queue.scan(try #require(answer["scan"] as? String))["origin"] as? String
            }
            let schedule = ["schedule", "add", "-a", SourceProcesses.account, "--cron", "@daily"]
            func expectRefused(_ account: String, _ hint: String) throws {
                for command in [["scan", "start"], ["schedule", "add", "--cron", "@daily"]] {
                    let result = try store.run(command + ["-a", account])
                    #expect(result.code == 2 && result.errors.contains(hint), "\(command) \(result.errors)")
                }
            }
            // Without any source, and without credentials for our own scanner.
            try expectRefused(SourceProcesses.account, "external:NAME")
            let azure = "11111111-2222-3333-4444-555555555555"
            try store.succeed(["account", "add", "azure/\(azure)", "-q"])
            try expectRefused(azure, "secret")
            // The only one.
            try lab.add("report")
            #expect(try origin(SourceProcesses.account) == "external:lab")
            try store.succeed(schedule + ["--name", "nightly", "-q"])
            let listed = try store.succeed(["schedule", "list", "-o", "ndjson"])
            #expect(listed.contains("\"source\":\"external:lab\""), "\(listed)")
            // Our own scanner, as soon as there are credentials.
            var withToken = store
            withToken.environment["AZURE_ACCESS_TOKEN"] = "t"
            try withToken.succeed([
                "secret", "set", "accounts/azure/\(azure)", "-q", "--from-env", "AZURE_ACCESS_TOKEN",
            ])
            #expect(try origin(azure) == "azure")
            // Of several nobody knows which is meant; but one is named, or called like the provider.
            for name in ["other", "aws"] {
                try store.succeed(["source", "add", name, "-q", "--output", "stdout", "--command", "[\"/bin/true\"]"])
                if name == "other" { try expectRefused(SourceProcesses.account, "external:lab, external:other") }
            }
            try store.succeed(["account", "add", "aws/333333333333", "-q"])
            #expect(try origin("333333333333") == "external:aws")
            try store.succeed(["account", "add", "aws/444444444444", "-q"])
            #expect(try origin("444444444444", "--source", "external:other") == "external:other")
            // A variable that was empty is no wish for the default.
            let empty = try store.run(["scan", "start", "-a", "444444444444", "--source", ""])
            #expect(empty.code == 2 && empty.errors.contains("--source"), "\(empty.errors)")
        }
    }

    @Test(arguments: QueuePlace.allCases)
    func secretsReachTheScannerAndNothingElse(place: QueuePlace) async throws {
        try await SourceProcesses.with(place) { lab in
            var store = lab.queue.store
            store.environment["TOKEN"] = "hunter22shared"
            try store.succeed(["secret", "set", "token", "--from-env", "TOKEN", "--text", "-q"])
            let accounts = [SourceProcesses.account, "333333333333"]
            for account in accounts {
                store.environment["KEY"] = "hunter22of\(account)"
                store.environment["KEY_ID"] = "id\(account)"
                try store.succeed(["secret", "set", "accounts/aws/\(account)", "--from-env", "KEY,KEY_ID", "-q"])
            }
            try lab.add(
                "report", options: ["--secret", "TOKEN=token,accounts/{provider}/{account}", "--timeout", "5m"])
            try store.succeed(["account", "add", "aws/\(accounts[1])", "-q"])
            try store.succeed(["account", "add", "aws/444444444444", "-q"])
            let missing = try store.run(["scan", "start", "-a", "444444444444", "--source", "external:lab"])
            #expect(missing.code == 1 && missing.errors.contains("accounts/aws/444444444444"), "\(missing.errors)")
            let worker = try lab.queue.worker("--concurrency", "1")
            for (number, account) in accounts.enumerated() {
                lab.holdScanner()
                let id = try lab.start(account: account)
                let scanner = try lab.scannerRuns(number + 1)
                let command = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(scanner)/cmdline"))
                #expect(command.range(of: Data("hunter22".utf8)) == nil)
                try lab.releaseScanner()
                try lab.queue.wait(for: id, worker, until: Self.ended)
                let variables = lab.traced("variable")
                #expect(variables.contains("TOKEN=hunter22shared"))
                #expect(variables.last { $0.hasPrefix("KEY=") } == "KEY=hunter22of\(account)")
                #expect(variables.last { $0.hasPrefix("KEY_ID=") } == "KEY_ID=id\(account)")
                #expect(!variables.contains { $0.hasPrefix("MARTLET_") }, "the worker's own is not handed on")
            }
            worker.send(SIGTERM)
            let result = try worker.wait()
            #expect(result.errors.contains("lab: scanning with ***"))
            for command in [["scans"], ["queue"], ["source", "list"], ["findings"]] {
                #expect(!(try store.succeed(command + ["-o", "json"])).contains("hunter22"))
            }
            #expect(!result.errors.contains("hunter22") && !result.output.contains("hunter22"))
            guard place == .sqlite else { return }
            let database = try FileManager.default.contentsOfDirectory(atPath: store.folder.url.path).filter {
                $0.hasPrefix("store.db")
            }
            for name in database {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: store.folder.path(name)))
                #expect(bytes.range(of: Data("hunter22".utf8)) == nil, "\(name)")
            }
        }
    }

    @Test(arguments: QueuePlace.allCases)
    func cancelEndsTheScanner(place: QueuePlace) async throws {
        try await SourceProcesses.with(place) { lab in
            // One that ends when it is asked to, and one that does not.
            for how in ["report", "hang"] {
                lab.holdScanner()
                try lab.add(how == "hang" ? "daemon" : how, "hang", options: ["--replace"])
                let id = try lab.start()
                let worker = try lab.queue.worker()
                let scanner: pid_t
                if how == "report" {
                    scanner = try lab.scannerRuns()
                } else {
                    let work = try lab.privateDirectory("ready")
                    scanner = try lab.process(in: work)
                }
                let asked = ContinuousClock.now
                _ = try lab.queue.json("scan", "cancel", id)
                let ended = try lab.queue.wait(for: id, worker, until: Self.ended)
                try lab.nothingIsLeft(of: scanner)
                // Two seconds, and what a busy machine adds.
                #expect(asked.duration(to: .now) < .seconds(6))
                #expect(ended["state"] as? String == "cancelled" && ended["attempts"] as? Int == 1)
                let findings = try lab.queue.store.succeed(["findings", "-o", "ndjson"])
                #expect(findings.isEmpty)
                worker.send(SIGTERM)
                #expect(try worker.wait().code == 0)
            }
        }
    }

    @Test(arguments: QueuePlace.allCases)
    func scannerDiesWithItsWorkerAndAnotherOneScans(place: QueuePlace) async throws {
        try await SourceProcesses.with(place) { lab in
            try lab.add("report")
            lab.holdScanner()
            let id = try lab.start()
            let first = try lab.queue.worker("--lease", "600000")
            let scanner = try lab.scannerRuns()
            first.send(SIGKILL)
            _ = try first.wait()
            try lab.nothingIsLeft(of: scanner)
            let second = try lab.queue.worker("--grace", "0")
            let next = try lab.scannerRuns(2)
            #expect(next != scanner)
            let taken = try lab.queue.scan(id)
            #expect(taken["losses"] as? Int == 1 && taken["attempts"] as? Int == 2)
            // Told to end with no time left: handed back, and the scanner ends.
            second.send(SIGTERM)
            #expect(try second.wait().code == 0)
            try lab.nothingIsLeft(of: next)
            let back = try lab.queue.scan(id)
            #expect(back["state"] as? String == "queued" && back["losses"] as? Int == 1)
            try lab.releaseScanner()
            let third = try lab.queue.worker()
            let done = try lab.queue.wait(for: id, third, until: Self.ended)
            #expect(done["state"] as? String == "completed", "\(done)")
            #expect((done["findings"] as? [String: Any])?["new"] as? Int == 6)
        }
    }

    @Test func scannerDiesWithTheLease() async throws {
        try await SourceProcesses.with(.postgresql) { lab in
            try lab.add("report")
            lab.holdScanner()
            let id = try lab.start()
            let first = try lab.queue.worker("--lease", "1000")
            let scanner = try lab.scannerRuns()
            first.send(SIGSTOP)
            let second = try lab.queue.worker()
            let next = try lab.scannerRuns(2)
            #expect(kill(scanner, 0) == 0, "nobody could end it: its worker is stopped")
            first.send(SIGCONT)
            try lab.wait("the scanner outlives its lease") { kill(scanner, 0) != 0 }
            #expect(kill(next, 0) == 0)
            try lab.releaseScanner()
            let done = try lab.queue.wait(for: id, second, until: Self.ended)
            #expect(done["state"] as? String == "completed" && done["attempts"] as? Int == 2, "\(done)")
            for worker in [first, second] {
                worker.send(SIGTERM)
                #expect(try worker.wait().code == 0)
            }
        }
    }

    @Test func scannerThatFailsHangsOrFloodsIsAClearFailure() async throws {
        try await SourceProcesses.with(.sqlite) { lab in
            let worker = try lab.queue.worker()
            let ends: [(how: [String], options: [String], code: String, says: String)] = [
                (["daemon", "hang"], ["--timeout", "1s"], "external_timeout", "still running after 1 s"),
                (["overflow"], ["--output-limit", "64K"], "external_flooded", "65536 bytes"),
                (["nothing"], ["--output", "file:*.json"], "external_no_output", "wrote no file"),
            ]
            for end in ends {
                try lab.add(end.how[0], end.how.count > 1 ? end.how[1] : "", options: end.options + ["--replace"])
                let failed = try lab.queue.wait(for: try lab.start(), worker, until: Self.ended)
                #expect(failed["state"] as? String == "failed" && failed["attempts"] as? Int == 1)
                let error = Self.error(failed)
                #expect(error["code"] as? String == end.code)
                #expect((error["message"] as? String)?.contains(end.says) == true, "\(error)")
            }
            try lab.queue.store.succeed([
                "source", "add", "lab", "--replace", "-q", "--command", #"["no-such-scanner"]"#, "--output", "stdout",
            ])
            let missing = try lab.queue.wait(for: try lab.start(), worker, until: Self.ended)
            #expect(Self.error(missing)["code"] as? String == "external_missing" && missing["attempts"] as? Int == 1)
            worker.send(SIGTERM)
            #expect(try worker.wait().code == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: lab.runs).isEmpty)
        }
    }
}
