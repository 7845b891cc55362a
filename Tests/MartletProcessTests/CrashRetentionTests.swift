import Foundation
import MartletProgram
import Testing

/// `kill -9` before every statement of a retention run, and of an import that prunes.
@Suite(.timeLimit(.minutes(20)))
struct CrashRetentionTests {
    private let prepared: TestStore
    private let scans: [String]

    init() throws {
        prepared = TestStore(folder: try Folder(), isRecorded: false)
        try CrashScenario.prepare(prepared)
        try prepared.succeed(["import", try CrashScenario.writeScan(prepared.folder), "-q"])
        scans = try prepared.succeed(["scans", "-o", "csv"]).components(separatedBy: "\r\n").dropFirst()
            .compactMap { $0.split(separator: ",").first.map(String.init) }.reversed()
        try prepared.succeed(["retention", "set", "--scans", "2", "-q"])
    }

    /// What can be read of the scans that are kept, and how the oldest one answers.
    private static func state(_ store: TestStore, _ scans: [String], first: Bool = false) throws -> Posture {
        let at = scans.dropFirst(first ? 0 : 1)
        let commands =
            at.flatMap { scan in
                Posture.commands.filter { $0[0] != "accounts" && $0[0] != "mute" }.map { $0 + ["--at", scan] }
                    + [["findings", "--delta", "gone", "--at", scan]]
            } + [["diff", scans[1], scans[2]], ["accounts"]]
        return try Posture.exact(store, commands).normalised(without: ["updated_at"])
    }

    @Test func run() throws {
        let origin = prepared.folder.url
        let kept = try Self.state(prepared, scans)
        let all = try Self.state(prepared, scans, first: true)
        let scans = scans
        let sweep = CrashSweep.run(every: CrashSweep.triesAll ? 1 : 4) { point in
            let store = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
            let result = try store.run(["retention", "run", "-o", "json"], crashPoint: point)
            guard result.code == 0 || result.code == -9 else {
                return .init(completed: true, problem: "ended with \(result.code): \(result.errors)")
            }
            var problem = ""
            let seen = try Self.state(store, scans)
            if seen != kept { problem = "kept: " + seen.difference(from: kept) }
            // The oldest scan can be read as before or not at all.
            let isForgotten = try store.run(["findings", "--at", scans[0]]).code == 1
            if !isForgotten {
                let whole = try Self.state(store, scans, first: true)
                if whole != all { problem += "part of the oldest: " + whole.difference(from: all) }
            }
            try store.succeed(["retention", "run", "-q"])
            let done = try Self.state(store, scans)
            if done != kept { problem += "repeated: " + done.difference(from: kept) }
            let rows = try store.succeed(["retention", "run", "--dry-run", "-o", "csv"])
            if !rows.hasSuffix(",0\r\n") { problem += "left: \(rows)" }
            let shown = try store.succeed(["retention", "show", "-o", "json"])
            if shown.contains("\"unfinished\":true") { problem += "unfinished" }
            return .init(completed: result.code == 0, isLate: isForgotten && result.code != 0, problem: problem)
        }
        print("retention run: \(sweep.killed) crash points, \(sweep.late) of them after the horizon moved")
        for problem in sweep.problems { Issue.record("retention run, \(problem)") }
        #expect(sweep.killed >= (CrashSweep.triesAll ? 60 : 15))
        #expect(sweep.late > sweep.killed / 2 && sweep.late < sweep.killed)
    }

    /// The slice of pruning at the end of an import: the scan is published and stays so.
    @Test func slice() throws {
        let file = try prepared.folder.write(
            try CommandLineScan(time: "2026-12-01T06:00:00.250Z", statements: CrashScenario.second.statements).ndjson(),
            "fourth.ndjson")
        let origin = prepared.folder.url
        let undisturbed = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
        try undisturbed.succeed(["import", file, "-q"])
        let after = try Posture.exact(undisturbed).normalised(without: ["updated_at"])
        let total = try statements(until: origin, file)
        // The last statements are those of pruning.
        for point in stride(from: max(total - 55, 1), through: total, by: CrashSweep.triesAll ? 1 : 7) {
            let store = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
            let result = try store.run(["import", file, "-q"], crashPoint: point)
            #expect(result.code == -9, "point \(point): \(result.errors)")
            let seen = try Posture.exact(store).normalised(without: ["updated_at"])
            guard seen == after else { continue }
            try store.succeed(["retention", "run", "-q"])
            let done = try Posture.exact(store).normalised(without: ["updated_at"])
            #expect(done == after, "point \(point): \(done.difference(from: after))")
            let shown = try store.succeed(["retention", "show", "-o", "json"])
            #expect(shown.contains("\"readable_scans\":2") && shown.contains("\"unfinished\":false"))
        }
    }

    /// The number of the last statement before which an import can be killed.
    private func statements(until origin: URL, _ file: String) throws -> Int {
        var (low, high) = (1, CrashSweep.maximum)
        while low < high {
            let middle = (low + high + 1) / 2
            let store = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
            if try store.run(["import", file, "-q"], crashPoint: middle).code == -9 {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return low
    }
}
