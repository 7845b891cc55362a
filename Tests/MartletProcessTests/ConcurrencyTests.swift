import Foundation
import MartletProgram
import Testing

/// Several processes on one store.
@Suite(.timeLimit(.minutes(20)))
struct ConcurrencyTests {
    private let store: TestStore
    private let before: Posture
    /// More than the program looks at before it knows what it reads, so that statements are ingested while the pipe
    /// stays open.
    private let held: CommandLineScan
    private static let commands = [["accounts"], ["findings"], ["resources"]]

    init() throws {
        store = TestStore(folder: try Folder())
        let file = try store.folder.write(try CrashScenario.first.ndjson(), "scan1.ndjson")
        try store.succeed(["import", file, "-q"])
        before = try Posture.exact(store, Self.commands)
        held = CommandLineScan(
            time: "2026-10-02T06:00:00Z",
            statements: (0..<400).map { number in
                CommandLineScan.Statement(
                    uid: "arn:aws:s3:::field-\(number)", name: "field-\(number)",
                    detail: String(repeating: "A wide field. ", count: 40))
            })
    }

    /// An import that has the account and waits for the rest of its input.
    private func hold(_ options: String...) throws -> RunningProcess {
        let process = try store.start(["import", "-", "--batch-size", "20", "-q"] + options, input: .pipe)
        process.write(try held.ndjson())
        let deadline = Date(timeIntervalSinceNow: 30)
        while try !store.succeed(["scans", "-o", "ndjson"]).contains("\"state\":\"running\"") {
            let isWaiting = process.isRunning && Date() < deadline
            let errors = try process.errorsSoFar
            try #require(isWaiting, "\(errors)")
            usleep(20_000)
        }
        // Some batches are written by now, most likely; nothing of them may be seen.
        usleep(200_000)
        return process
    }

    private func finish(_ process: RunningProcess) throws {
        process.closeInput()
        let result = try process.wait()
        #expect(result.code == 0, "\(result.errors)")
    }

    private func expectHeldScan(_ place: SourceLocation = #_sourceLocation) throws {
        let fields = try store.succeed(["findings", "--resource", "arn:aws:s3:::field-*", "-o", "ndjson"])
        #expect(fields.split(separator: "\n").count == 400, sourceLocation: place)
    }

    private func second() throws -> String { try CrashScenario.writeScan(store.folder) }

    @Test func secondImportIsToldTheHolder() throws {
        let holder = try hold()
        let result = try store.run(["import", try second(), "--wait", "0"])
        #expect(result.code == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("martlet[\(holder.pid)]"), "\(result.errors)")
        #expect(result.errors.contains("aws/210987654321"))
        let removal = try store.run(["account", "remove", "210987654321"])
        #expect(removal.code == 1)
        #expect(removal.errors.contains("martlet[\(holder.pid)]"))
        #expect(try Posture.exact(store, Self.commands) == before)
        try finish(holder)
        try expectHeldScan()
    }

    @Test func secondImportWaits() throws {
        let holder = try hold()
        let waiting = try store.start(["import", try second(), "--wait", "60", "-q"])
        usleep(700_000)
        #expect(waiting.isRunning)
        #expect(try Posture.exact(store, Self.commands) == before)
        try finish(holder)
        let result = try waiting.wait()
        #expect(result.code == 0, "\(result.errors)")
        let accounts = try store.succeed(["accounts", "-o", "ndjson"])
        #expect(accounts.contains("\"generation\":3"))
        // The later scan covers the fields' check, so they are gone.
        #expect(try store.succeed(["findings", "-o", "ndjson"]).split(separator: "\n").count == 9)
    }

    @Test func anotherAccountNeedNotWait() throws {
        let holder = try hold()
        let other = CommandLineScan(account: "100000000001", statements: [CommandLineScan.Statement()])
        let file = try store.folder.write(try other.ndjson(), "other.ndjson")
        let result = try store.run(["import", file, "--wait", "0", "-q"])
        #expect(result.code == 0, "\(result.errors)")
        try finish(holder)
        try expectHeldScan()
    }

    /// Readers see what was published, then all of what is published next, and never go back.
    @Test func readersSeeOldOrNew() throws {
        let file = try store.folder.write(try held.ndjson(), "held.ndjson")
        let process = try store.start(["import", file, "--batch-size", "2", "-q"])
        var seen: [String] = []
        var during = 0
        while process.isRunning {
            let output = try store.succeed(["findings", "-o", "ndjson"])
            if seen.last != output { seen.append(output) }
            during += 1
        }
        #expect(try process.wait().code == 0)
        let after = try store.succeed(["findings", "-o", "ndjson"])
        if seen.last != after { seen.append(after) }
        #expect(during > 1)
        #expect(seen.count <= 2)
        #expect(try Posture.exact(store, Self.commands) != before)
        try expectHeldScan()
    }

    /// Whatever kills an import, the next one begins at once: the holder's process is gone.
    @Test(arguments: [SIGKILL, SIGTERM, SIGINT, SIGHUP])
    func killedImportIsRepeatedAtOnce(_ signal: Int32) throws {
        let holder = try hold()
        holder.send(signal)
        let killed = try holder.wait()
        #expect(killed.code == -signal || killed.code == 1, "\(killed.code)")
        #expect(try Posture.exact(store, Self.commands) == before)
        let start = Date()
        let file = try second()
        let result = try store.run(["import", file, "--wait", "0", "-q"])
        #expect(result.code == 0, "\(result.errors)")
        // Less than a lease lives.
        #expect(Date().timeIntervalSince(start) < 6)

        let undisturbed = TestStore(folder: try Folder())
        let first = try undisturbed.folder.write(try CrashScenario.first.ndjson(), "scan1.ndjson")
        try undisturbed.succeed(["import", first, "-q"])
        try undisturbed.succeed(["import", file, "-q"])
        let repeated = try Posture.exact(store, Self.commands).normalised()
        let reference = try Posture.exact(undisturbed, Self.commands).normalised()
        #expect(repeated == reference, "\(repeated.difference(from: reference))")
    }

    @Test func accountOfAKilledImportIsRemovedAtOnce() throws {
        let holder = try hold()
        holder.send(SIGKILL)
        _ = try holder.wait()
        let result = try store.run(["account", "remove", "210987654321"])
        #expect(result.code == 0, "\(result.errors)")
        #expect(try store.succeed(["accounts", "-o", "ndjson"]).isEmpty)
    }

    /// A process that sleeps past its lease loses the account and can change nothing when it wakes up.
    @Test func stoppedImportChangesNothing() throws {
        let holder = try hold()
        holder.send(SIGSTOP)
        let result = try store.run(["import", try second(), "--wait", "30", "-q"])
        #expect(result.code == 0, "\(result.errors)")
        let published = try Posture.exact(store, Self.commands)
        holder.write(try CommandLineScan(time: held.time, statements: [.init(uid: "arn:late", name: "late")]).ndjson())
        holder.closeInput()
        holder.send(SIGCONT)
        let zombie = try holder.wait()
        #expect(zombie.code == 1)
        #expect(zombie.errors.contains("taken over"), "\(zombie.errors)")
        #expect(try Posture.exact(store, Self.commands) == published)
        // And the account is free.
        #expect(try store.run(["import", try second(), "--wait", "0", "-q"]).code == 0)
    }

    /// A lease is renewed while the source lets the import wait.
    @Test(.enabled(if: CrashSweep.triesAll)) func waitingImportKeepsItsAccount() throws {
        let holder = try hold()
        usleep(9_000_000)
        let result = try store.run(["import", try second(), "--wait", "0"])
        #expect(result.code == 1)
        #expect(result.errors.contains("martlet[\(holder.pid)]"))
        try finish(holder)
        try expectHeldScan()
    }

    /// A mute that is added while an import goes on counts before its publish and after it.
    @Test func muteDuringAnImport() throws {
        let holder = try hold()
        let added = try store.run(["mute", "add", "--check", "s3_*", "--reason", "known", "-q"])
        #expect(added.code == 0, "\(added.errors)")
        #expect(
            try store.succeed(["findings", "--muted", "-o", "ndjson"]).contains("\"s3_bucket_default_encryption\""))
        try finish(holder)
        try expectHeldScan()
        let unmuted = try store.succeed([
            "findings", "--unmuted", "--check", "s3_bucket_default_encryption", "-o", "ndjson",
        ])
        #expect(unmuted.isEmpty)
    }

    /// The same with a framework that comes while an import goes on.
    @Test func frameworkDuringAnImport() throws {
        let holder = try hold()
        let frameworks = try CrashScenario.writeFrameworks(store.folder)
        try store.succeed(["frameworks", "add"] + frameworks + ["-q"])
        #expect(try store.succeed(["compliance", "-o", "ndjson"]).split(separator: "\n").count == 2)
        try finish(holder)
        let rows = try store.succeed(["compliance", "orchard_1.0_aws", "--by", "region", "-o", "ndjson"])
        #expect(rows.contains("\"total_findings\":40"), "\(rows)")
    }

    /// Several processes make the same store at once.
    @Test func firstCommandsAtOnce() throws {
        let fresh = TestStore(folder: try Folder())
        let files = try (0..<4).map { number in
            let scan = CommandLineScan(
                account: "10000000000\(number / 2)", time: "2026-10-0\(number + 1)T06:00:00Z",
                statements: CommandLineScan.varied.statements)
            return try fresh.folder.write(try scan.ndjson(), "scan\(number).ndjson")
        }
        // Two accounts, two scans each, in any order.
        let imports = try files.map { try fresh.start(["import", $0, "--wait", "60", "--history", "-q"]) }
        for process in imports {
            let result = try process.wait()
            #expect(result.code == 0, "\(result.errors)")
        }
        let accounts = try fresh.succeed(["accounts", "-o", "ndjson"]).split(separator: "\n")
        #expect(accounts.count == 2)
        for account in accounts { #expect(account.contains("\"generation\":2"), "\(account)") }
        #expect(try fresh.succeed(["findings", "-o", "ndjson"]).split(separator: "\n").count == 12)
    }
}
