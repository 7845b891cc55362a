import Foundation
import MartletCore
import MartletFormats
import MartletProgram
import MartletReference
import MartletStore

@testable import MartletEngine

/// One run of a scene: a process that something happens to at a boundary, and what others then make of it.
struct CrashRun: Sendable {
    let place: CrashPlace
    let scene: CrashScene
    /// Unique in the place; also the account's id and the tenant's name.
    let account: String
    /// Where it happens; nil for a run that nothing disturbs.
    var boundary: Boundary?
    /// A word for the environment: process, backend, answer.
    var fault = "process"

    /// What came of a run.
    struct Outcome: Sendable {
        /// The process came by the boundary, and was killed there if it was to be.
        var isReached: Bool
        /// What is wrong; empty when all is well.
        var problems: [String]
        /// The boundaries of an undisturbed run.
        var transactions: [[Boundary]] = []
        /// What the database itself says that the run executed.
        var executed: [String] = []
    }

    func perform() async throws -> Outcome {
        let store = try await place.tenant(account)
        try await importFirst(store)
        let text = try Statement.ocsf(CrashScene.second, at: CrashScene.times[1], account: account)
        let file = try place.folder.write(text, account + ".ndjson")
        let arguments = try await scene.prepare(store, url: place.url, account: account, file: file)
        let (log, trace) = (place.folder.path(account + ".log"), place.folder.path(account + ".trace"))
        var environment = ["PGAPPNAME": account, "MARTLET_CRASH_FAULT": fault, "TZ": "UTC"]
        environment["MARTLET_CRASH_LOG"] = log
        if let boundary {
            environment["MARTLET_CRASH_POINT"] = "@" + boundary.identity
        } else {
            environment["MARTLET_TEST_TRACE"] = trace
        }
        let process = try RunningProcess(
            arguments, environment: environment, isRecorded: false, program: "martlet-test-queue", in: place.folder)
        let end = ContinuousClock.now + .seconds(60)
        while process.isRunning, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(4)) }
        let ran = try process.wait(seconds: 0)
        var problems: [String] = []
        if ran.code != 0, ran.code != -9 || boundary == nil {
            problems.append("\(ran.code): \(ran.output) \(ran.errors)")
        }
        let check = CrashCheck(store: store, scene: scene, account: account)
        problems += try await check.between()
        let lines = RunLines()
        try await recover(store, lines)
        let said = ran.output.split(separator: "\n").map(String.init) + lines.all
        problems += try await check.after(said)
        if !problems.isEmpty { problems.append(said.suffix(30).joined(separator: "\n")) }
        let transactions = try Boundary.transactions(log)
        let isReached = transactions.contains { $0.contains { $0.identity == boundary?.identity } }
        if isReached, fault == "process", ran.code != -9 { problems.append("not killed") }
        var outcome = Outcome(isReached: isReached, problems: problems)
        if boundary == nil {
            outcome.transactions = transactions
            if place.kind == .sqlite {
                outcome.executed = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(
                    String.init)
            } else {
                outcome.executed = try place.serverStatements(of: account).flatMap { $0 }
            }
        }
        return outcome
    }

    private func importFirst(_ store: Store) async throws {
        let text = try Statement.ocsf(CrashScene.first, at: CrashScene.times[0], account: account)
        let source = try ScanFileReader(path: try place.folder.write(text, account + "-first.ndjson"))
        _ = try await Importer(store: store).run(source: source, origin: "first", options: ImportOptions())
    }

    /// Other workers, and the same command again.
    private func recover(_ store: Store, _ lines: RunLines) async throws {
        if scene == .mute {
            let administration = Administration(store: store)
            if try await store.read({ try $0.mutes().isEmpty }) {
                try await administration.addMute(
                    .init(id: account, accounts: [account], checks: ["c1"], reason: "known"))
            } else {
                try await administration.finishPending()
            }
            return
        }
        var settings = WorkerSettings()
        settings.timing = LeaseTiming(lifetime: 60_000)
        settings.timing.rescue = 10
        settings.polling = 10
        settings.limits.backoffBase = 0
        settings.limits.maximumLosses = 1_000
        let runners: [JobKind: any JobRunner] = [
            .scan: ScanRunner { order in (try ScanFileReader(path: order.filePath ?? ""), nil) },
            .retention: DoneRunner(), .reevaluation: ReevaluationRunner(),
        ]
        let pool = WorkerPool(store: place.store, runners: runners, settings: settings) {
            lines.add("\($0 ?? "-") \($1)")
        }
        let run = Task { await pool.run() }
        let end = ContinuousClock.now + .seconds(60)
        while try await !isOver(store), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(4)) }
        await pool.stop()
        await run.value
    }

    private func isOver(_ store: Store) async throws -> Bool {
        try await store.read { try $0.queue(limit: 10).jobs.isEmpty }
    }
}

/// Ends at once.
struct DoneRunner: JobRunner {
    func run(_ context: JobContext) async throws -> JobOutcome { .done }
    func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
}
