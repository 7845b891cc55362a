import Foundation
import MartletProgram
import Testing

/// `kill -9` before every statement of an import: what was published stays as it was, byte for byte, and the same
/// import run again ends where one that was never disturbed ends.
@Suite(.timeLimit(.minutes(20)))
struct CrashImportTests {
    private let prepared: TestStore
    private let file: String

    init() throws {
        prepared = TestStore(folder: try Folder(), isRecorded: false)
        file = try CrashScenario.writeScan(prepared.folder)
    }

    private func expectSound(_ sweep: CrashSweep, atLeast points: Int, _ name: String) {
        print("\(name): \(sweep.killed) crash points, \(sweep.late) of them after publish")
        for problem in sweep.problems { Issue.record("\(name), \(problem)") }
        #expect(sweep.killed >= points)
        // Publish is one transaction near the end; only the last words of an import come after it, each COMMIT of which has a
        // boundary before and after.
        #expect(sweep.late <= 24)
    }

    @Test func freshStore() throws {
        let sweep = try ImportSweep(prepared.folder.url, file: file).run { store in
            // No store, no account, and an account without a published scan all say that nothing is published.
            let accounts = try store.run(["accounts", "-o", "ndjson"]).output
            let findings = try store.run(["findings", "-o", "ndjson"]).output
            return findings.isEmpty && (accounts.isEmpty || accounts.contains("\"generation\":0,\"scan\":null"))
        }
        expectSound(sweep, atLeast: 60, "import into a fresh store")
    }

    @Test func storeWithAPast() throws {
        try CrashScenario.prepare(prepared)
        let sweep = try ImportSweep(prepared.folder.url, file: file)
        // The scenario is worth nothing unless everything happens in it.
        for name in [
            "duplicates", "new", "changed", "updated", "unchanged", "returned", "gone", "resolved", "reopened", "muted",
        ] {
            #expect(!sweep.firstWords.contains("\"\(name)\":0"), "\(name) in \(sweep.firstWords)")
        }
        let commands = [["accounts"], ["findings"], ["compliance"], ["threatscore"], ["resources"]]
        let before = try Posture.exact(prepared, commands)
        let result = sweep.run { try Posture.exact($0, commands) == before }
        expectSound(result, atLeast: 100, "import into a store with a past")
    }

    /// A first import is killed when all batches are written, and the repetition at every point of its own, while it
    /// undoes what the first left behind.
    @Test func crashOfTheRepetition() throws {
        try CrashScenario.prepare(prepared)
        let sweep = try ImportSweep(prepared.folder.url, file: file)
        let (origin, file) = (prepared.folder.url, file)
        let rough = CrashSweep.run { point in
            let store = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
            return .init(completed: try store.run(ImportSweep.command(file), crashPoint: point * 16).code == 0)
        }
        let middle = rough.killed * 10
        let commands = [["accounts"], ["findings"]]
        let before = try Posture.exact(prepared, commands)
        let step = CrashSweep.triesAll ? 1 : 4
        let result = sweep.run(every: step) { store in
            let killed = try store.run(ImportSweep.command(file), crashPoint: middle)
            guard killed.code == -9 else { throw TestStore.Unsuccessful(arguments: ["first import"], result: killed) }
        } isAsBefore: {
            try Posture.exact($0, commands) == before
        }
        expectSound(result, atLeast: 100 / step, "second import after a crash at point \(middle)")
    }
}
