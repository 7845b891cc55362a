import Foundation
import MartletProgram
import MartletStore
import Testing

/// Schedules as a user sees them, and a worker that carries them out.
@Suite(.timeLimit(.minutes(20)))
struct ScheduleProcessTests {
    private static func prepare(_ queue: QueueProcesses) throws -> String {
        try queue.store.succeed(["account", "add", "aws/210987654321", "-q"])
        return try queue.store.folder.write(try CommandLineScan.varied.ndjson(), "scan.ndjson")
    }

    private static func add(_ file: String, _ options: [String]) -> [String] {
        ["schedule", "add", "-a", "210987654321", "--source", "file:\(file)"] + options
    }

    /// The only schedule there is.
    private static func schedule(_ queue: QueueProcesses) throws -> [String: Any] {
        let text = try queue.store.succeed(["schedule", "list", "-o", "json"])
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(rows.count == 1)
        return try #require(rows.first)
    }

    @Test(arguments: QueuePlace.allCases)
    func dueNowAndThenAgain(place: QueuePlace) async throws {
        try await place.with { queue in
            let file = try Self.prepare(queue)
            let id = try queue.store.succeed(Self.add(file, ["--cron", "* * * * *"])).trimmingCharacters(
                in: .whitespacesAndNewlines)
            // Its slots of the last hours are due.
            let url = try #require(queue.store.environment["MARTLET_DATABASE"])
            let store = try await Store.open(url: url)
            try await store.database.write { connection in
                try connection.execute(
                    "UPDATE schedules SET handled = handled - 7200000, look_at = 0 WHERE tenant = $1",
                    [.int(store.tenant)])
            }
            await store.close()
            let worker = try queue.worker()
            let deadline = Date(timeIntervalSinceNow: 90)
            var row = try Self.schedule(queue)
            while row["last_state"] as? String != "completed", Date() < deadline {
                usleep(50_000)
                row = try Self.schedule(queue)
            }
            let errors = try worker.errorsSoFar
            #expect(row["last_state"] as? String == "completed", "\(row) \(errors)")
            let scan = try queue.scan(try #require(row["last_scan"] as? String))
            #expect(scan["state"] as? String == "completed" && scan["attempts"] as? Int == 1)
            try queue.store.succeed(["schedule", "pause", id, "-q"])
            worker.send(SIGTERM)
            #expect(try worker.wait().code == 0)
            // Of two hours one scan was made, or two where a minute has ended meanwhile.
            let scans = try queue.store.succeed(["scans", "-o", "ndjson"]).split(separator: "\n")
            #expect((1...3).contains(scans.count))
        }
    }

    @Test func madeListedStoppedRemoved() async throws {
        try await QueuePlace.sqlite.with { queue in
            let file = try Self.prepare(queue)
            let text = try queue.store.succeed(
                Self.add(
                    file,
                    [
                        "--cron", "0 */6 * * *", "--timezone", "Europe/Berlin", "--jitter", "10m", "--missed", "skip",
                        "--priority", "3", "--queue", "slow", "--name", "four times a day", "--scope", "full",
                        "--strict",
                        "-o", "json",
                    ]))
            let added = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let id = try #require(added["schedule"] as? String)
            #expect(added["cron"] as? String == "0 */6 * * *" && added["timezone"] as? String == "Europe/Berlin")
            #expect(added["jitter_seconds"] as? Int == 600 && added["missed"] as? String == "skip")
            #expect(added["name"] as? String == "four times a day" && added["state"] as? String == "active")
            #expect(added["scope"] as? String == "full" && added["source"] as? String == "file:\(file)")
            #expect(added["next_at"] is String && added["last_scan"] is NSNull && added["error"] is NSNull)
            let keys = Set(added.keys)
            let listed = try Self.schedule(queue)
            #expect(Set(listed.keys) == keys && listed["schedule"] as? String == id)
            let table = try queue.store.succeed(["schedule", "list"])
            #expect(table.contains(id) && table.contains("four times a day"))
            let csv = try queue.store.succeed(["schedule", "list", "-o", "csv"])
            #expect(csv.hasPrefix("schedule,name,account,provider,source,cron,timezone,jitter_seconds,"))

            let paused = try queue.json("schedule", "pause", "four times a day")
            #expect(paused["state"] as? String == "paused" && paused["next_at"] is NSNull)
            #expect(try queue.json("schedule", "resume", id)["state"] as? String == "active")
            let twice = try queue.store.run(
                Self.add(file, ["--cron", "@daily", "--name", "four times a day"]))
            #expect(twice.code == 1 && twice.errors.contains("already"))
            try queue.store.succeed(["schedule", "remove", id, "-q"])
            #expect(try queue.store.succeed(["schedule", "list", "-o", "ndjson"]).isEmpty)
            let gone = try queue.store.run(["schedule", "pause", id])
            #expect(gone.code == 1 && gone.errors.contains("schedule list"))
        }
    }

    @Test func whatCannotRunIsRefused() async throws {
        try await QueuePlace.sqlite.with { queue in
            let file = try Self.prepare(queue)
            for (options, hint) in [
                (["--cron", "61 * * * *"], "0-59"), (["--cron", "* *"], "needs 5"), ([], "--cron"),
                (["--cron", "@daily", "--timezone", "Mars/Base"], "Europe/Berlin"),
                (["--cron", "@daily", "--jitter", "10x"], "10m"), (["--cron", "@daily", "--jitter", "2d"], "1d"),
                (["--cron", "@daily", "--jitter=-1s"], "10m"), (["--cron", "@daily", "--missed", "maybe"], "run-once"),
                (["--cron", "@daily", "--priority", "5000"], "1000"),
                (["--cron", "@daily", "--queue", "No Such"], "lower"),
            ] {
                let result = try queue.store.run(Self.add(file, options))
                #expect(result.code != 0 && result.errors.contains(hint), "\(options) \(result.errors)")
                #expect(result.output.isEmpty)
            }
            #expect(try queue.store.succeed(["schedule", "list", "-o", "ndjson"]).isEmpty)
        }
    }

    /// `kill -9` of the worker at many places of a tick: afterwards there is one scan for the slot.
    @Test func killedInTheMiddleOfATick() async throws {
        let queue = Self.queue(try Folder())
        let file = try Self.prepare(queue)
        try queue.store.succeed(Self.add(file, ["--cron", "0 0 1 1 *"]))
        try await Self.passTwoYears(queue)
        var killed = 0
        let step = ProcessInfo.processInfo.environment["MARTLET_TEST_ALL"] == nil ? 9 : 1
        for point in stride(from: 2, through: 300, by: step) {
            let here = Self.queue(try Folder(copyingStoreOf: queue.store.folder.url))
            let victim = try here.store.start(["worker", "--grace", "0"], crashPoint: point)
            let isDone = try Self.waitForScan(here, while: victim)
            victim.send(SIGTERM)
            if try victim.wait().code == -9 { killed += 1 }
            if !isDone {
                let next = try here.worker()
                let isDoneNow = try Self.waitForScan(here, while: next)
                #expect(isDoneNow, "point \(point)")
                next.send(SIGTERM)
                #expect(try next.wait().code == 0)
            }
            let scans = try here.store.succeed(["scans", "-o", "ndjson"]).split(separator: "\n")
            #expect(scans.count == 1, "point \(point)")
            if isDone { break }
        }
        print("a tick and its scan: killed at \(killed) places")
        #expect(killed > 5)
    }

    /// A store that can be copied.
    private static func queue(_ folder: Folder) -> QueueProcesses {
        QueueProcesses(folder: folder, url: "sqlite:\(folder.path("home/martlet.db"))")
    }

    /// Waits until the last scan of the only schedule is published, or the worker has died.
    private static func waitForScan(_ queue: QueueProcesses, while worker: RunningProcess) throws -> Bool {
        let deadline = Date(timeIntervalSinceNow: 60)
        while Date() < deadline {
            if try schedule(queue)["last_state"] as? String == "completed" { return true }
            guard worker.isRunning else { return false }
            usleep(20_000)
        }
        return false
    }

    /// One slot of a yearly schedule is to be made up for.
    private static func passTwoYears(_ queue: QueueProcesses) async throws {
        let store = try await Store.open(url: try #require(queue.store.environment["MARTLET_DATABASE"]))
        try await store.database.write {
            try $0.execute("UPDATE schedules SET handled = handled - 63072000000, look_at = 0")
        }
        await store.close()
    }
}
