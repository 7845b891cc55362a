import Foundation
import Testing

/// Scans that are asked for in one process and done in others, which may die.
@Suite(.timeLimit(.minutes(20)))
struct QueueProcessTests {
    /// More than a batch, so that something is written before the source has ended.
    private static func statements(_ count: Int) throws -> String {
        try CommandLineScan(
            statements: (0..<count).map {
                CommandLineScan.Statement(uid: "arn:aws:s3:::field-\($0)", name: "field-\($0)")
            }
        ).ndjson()
    }

    @Test(arguments: QueuePlace.allCases)
    func startedHereDoneThere(place: QueuePlace) async throws {
        try await place.with { queue in
            try queue.store.succeed(["account", "add", "aws/210987654321", "-q"])
            let file = try queue.store.folder.write(try CommandLineScan.varied.ndjson(), "scan.ndjson")
            let id = try queue.start(file)
            let waiting = try queue.scan(id)
            #expect(waiting["state"] as? String == "queued" && waiting["holder"] is NSNull)
            let status = try queue.json("queue")
            #expect(status["depth"] as? Int == 1 && status["running"] as? Int == 0)
            let worker = try queue.worker()
            let done = try queue.wait(for: id, worker) { ($0["finished_at"] as? String) != nil }
            #expect(done["state"] as? String == "completed" && done["attempts"] as? Int == 1)
            #expect(done["error"] is NSNull && done["progress"] as? Double == 100)
            let keys = [
                "scan", "account", "source", "state", "generation", "attempts", "losses", "progress", "queued_at",
                "first_claimed_at", "claimed_at", "finished_at", "holder", "token", "error", "findings",
            ]
            #expect(Set(keys).subtracting(done.keys).isEmpty)
            let watched = try queue.store.run([
                "scan", "start", "--wait", "-a", "210987654321", "--source", "file:\(file)",
            ])
            #expect(watched.code == 0 && watched.output.contains("completed"), "\(watched.errors)")
            let late = try queue.store.run(["scan", "cancel", id])
            #expect(late.code == 1 && late.errors.contains("completed already"))
            worker.send(SIGTERM)
            #expect(try worker.wait().code == 0)
        }
    }

    @Test(arguments: QueuePlace.allCases)
    func killedInTheMiddle(place: QueuePlace) async throws {
        try await place.with { queue in
            try queue.store.succeed(["account", "add", "aws/210987654321", "-q"])
            let source = try HeldSource(queue.store.folder)
            let id = try queue.start(source.path)
            // A lease so long that only the death of the process can be the reason.
            let first = try queue.worker("--lease", "600000")
            source.write(try Self.statements(3_500))
            let running = try queue.wait(for: id, first) { ($0["generation"] as? Int ?? 0) > 0 }
            let holder = try #require(running["holder"] as? [String: Any])
            #expect(holder["pid"] as? Int == Int(first.pid) && Set(holder.keys) == ["worker", "pid", "host"])
            first.send(SIGKILL)
            _ = try first.wait()
            source.drain()
            let second = try queue.worker()
            let taken = try queue.wait(for: id, second) { $0["attempts"] as? Int == 2 }
            #expect(taken["losses"] as? Int == 1)
            #expect((taken["token"] as? Int ?? 0) > (running["token"] as? Int ?? .max))
            source.write(try Self.statements(4_000))
            source.end()
            let done = try queue.wait(for: id, second) { ($0["finished_at"] as? String) != nil }
            #expect(done["state"] as? String == "completed", "\(done)")
            #expect((done["findings"] as? [String: Any])?["new"] as? Int == 4_000, "nothing twice, nothing lost")
            let findings = try queue.store.succeed(["findings", "-o", "ndjson"])
            #expect(findings.split(separator: "\n").count == 4_000)
        }
    }

    @Test(arguments: QueuePlace.allCases)
    func stoppedAndCancelled(place: QueuePlace) async throws {
        try await place.with { queue in
            try queue.store.succeed(["account", "add", "aws/210987654321", "-q"])
            let source = try HeldSource(queue.store.folder)
            let id = try queue.start(source.path)
            let first = try queue.worker("--grace", "0")
            source.write(try Self.statements(3_500))
            try queue.wait(for: id, first) { ($0["generation"] as? Int ?? 0) > 0 }
            first.send(SIGTERM)
            #expect(try first.wait().code == 0)
            let back = try queue.scan(id)
            #expect(back["state"] as? String == "queued" && back["losses"] as? Int == 0)
            let second = try queue.worker()
            try queue.wait(for: id, second) { $0["attempts"] as? Int == 2 }
            let asked = try queue.json("scan", "cancel", id)
            #expect(asked["scan"] as? String == id)
            let ended = try queue.wait(for: id, second) { ($0["finished_at"] as? String) != nil }
            #expect(ended["state"] as? String == "cancelled")
            let findings = try queue.store.succeed(["findings", "-o", "ndjson"])
            #expect(findings.isEmpty)
            let watched = try queue.store.run(["scan", "watch", id])
            #expect(watched.code == 1)
            // Anew, from a source that ends.
            source.end()
            try FileManager.default.removeItem(atPath: source.path)
            try Data(try Self.statements(5).utf8).write(to: URL(fileURLWithPath: source.path))
            #expect(try queue.json("scan", "retry", id)["state"] as? String == "queued")
            let done = try queue.wait(for: id, second) { ($0["finished_at"] as? String) != nil }
            #expect(done["state"] as? String == "completed" && done["attempts"] as? Int == 1)
        }
    }

    @Test("the first SIGINT lets running work go on, the second one does not", arguments: QueuePlace.allCases)
    func interruptedTwice(place: QueuePlace) async throws {
        try await place.with { queue in
            try queue.store.succeed(["account", "add", "aws/210987654321", "-q"])
            let source = try HeldSource(queue.store.folder)
            let id = try queue.start(source.path)
            let first = try queue.worker("--grace", "600")
            source.write(try Self.statements(3_500))
            try queue.wait(for: id, first) { ($0["generation"] as? Int ?? 0) > 0 }
            first.send(SIGINT)
            while try !first.errorsSoFar.contains("no more work is begun") { usleep(20_000) }
            #expect(try queue.scan(id)["state"] as? String == "running")
            first.send(SIGINT)
            #expect(try first.wait().code == 130)
            source.drain()
            let second = try queue.worker()
            let taken = try queue.wait(for: id, second) { $0["attempts"] as? Int == 2 }
            #expect(taken["losses"] as? Int == 1)
            source.end()
        }
    }

    @Test func whatCannotRunIsRefused() async throws {
        try await QueuePlace.sqlite.with { queue in
            try queue.store.succeed(["account", "add", "aws/210987654321", "-q"])
            let file = try queue.store.folder.write("", "empty.ndjson")
            let unknown = try queue.store.run(["scan", "start", "-a", "nobody", "--source", "file:\(file)"])
            #expect(unknown.code == 1 && unknown.errors.contains("There is no account nobody"))
            for arguments in [
                ["scan", "start", "-a", "210987654321"],
                ["scan", "start", "-a", "210987654321", "--source", "s3://x"],
                ["scan", "start", "--source", "file:\(file)"],
                ["scan", "start", "-a", "210987654321", "--source", "file:\(file)", "--priority", "5000"],
                ["scan", "start", "-a", "210987654321", "--source", "file:\(file)", "--queue", "No Such"],
                ["worker", "--concurrency", "0"], ["worker", "--queues", "No Such"], ["account", "add", "nothing"],
            ] {
                let result = try queue.store.run(arguments)
                #expect(result.code == 2, "\(arguments) \(result.errors)")
            }
            // An empty scope is none: it would scan nothing, or everything.
            for option in ["checks", "services", "regions"] {
                for value in ["", ",", ",,"] {
                    let result = try queue.store.run([
                        "scan", "start", "-a", "210987654321", "--source", "external:x", "--\(option)", value,
                    ])
                    #expect(result.code == 2 && result.errors.contains("--\(option)"), "\(value): \(result.errors)")
                }
            }
            let missing = try queue.store.run(["scan", "start", "-a", "210987654321", "--source", "file:/no/such"])
            #expect(missing.code == 1 && missing.errors.contains("cannot be read"))
            let status = try queue.json("queue")
            #expect(status["depth"] as? Int == 0)
        }
    }
}
