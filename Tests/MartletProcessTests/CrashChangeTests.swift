import Foundation
import MartletProgram
import Testing

/// `kill -9` before every statement of a change of mutes, frameworks or accounts: readers see the store before or after
/// it, never between, and the next command completes what is pending.
@Suite(.timeLimit(.minutes(20)))
struct CrashChangeTests {
    /// One change, by its arguments; `{mutelist}` and `{framework}` are files.
    struct Change: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var points: Int
        var testDescription: String { arguments.prefix(2).joined(separator: " ") }
    }

    private let prepared: TestStore

    init() throws {
        prepared = TestStore(folder: try Folder(), isRecorded: false)
        try CrashScenario.prepare(prepared)
        let scan = try CrashScenario.writeScan(prepared.folder)
        try prepared.succeed(["import", scan, "-q"])
    }

    @Test(arguments: [
        Change(arguments: ["mute", "add", "--check", "s3_*", "--reason", "known"], points: 20),
        Change(arguments: ["mutelist", "apply", "{mutelist}"], points: 20),
        Change(arguments: ["frameworks", "add", "{framework}"], points: 20),
        Change(arguments: ["frameworks", "remove", "orchard_1.0_aws"], points: 15),
        Change(arguments: ["account", "remove", "210987654321"], points: 10),
    ])
    func change(_ change: Change) throws {
        let mutelist = try prepared.folder.write(CrashScenario.mutelist, "mutelist.yaml")
        // Another content under a known id.
        let newer = CrashScenario.framework.replacingOccurrences(
            of: #""iam_root_mfa_enabled""#, with: #""kms_key_rotation""#)
        let changed = try prepared.folder.write(newer, "orchard_1.0_aws.json")
        let arguments = change.arguments.map {
            $0.replacingOccurrences(of: "{mutelist}", with: mutelist)
                .replacingOccurrences(of: "{framework}", with: changed)
        }
        let origin = prepared.folder.url
        let before = try Self.state(prepared)
        let undisturbed = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
        try undisturbed.succeed(arguments)
        let after = try Self.state(undisturbed)
        #expect(after != before)

        let sweep = CrashSweep.run { point in
            let store = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
            let result = try store.run(arguments, crashPoint: point)
            guard result.code == 0 || result.code == -9 else {
                return .init(completed: true, problem: "ended with \(result.code): \(result.errors)")
            }
            let seen = try Self.state(store)
            let isDone = seen == after
            var problem = isDone || seen == before ? "" : "between: " + seen.difference(from: after)
            if result.code == 0, !isDone { problem += "not done: " + seen.difference(from: after) }
            // What was not done can be done now; a mute would be there twice.
            if problem.isEmpty, !isDone {
                try store.succeed(arguments)
                let repeated = try Self.state(store)
                if repeated != after { problem = "repeated: " + repeated.difference(from: after) }
            }
            return .init(completed: result.code == 0, isLate: isDone && result.code != 0, problem: problem)
        }
        print("\(change.testDescription): \(sweep.killed) crash points, \(sweep.late) of them after the change")
        for problem in sweep.problems { Issue.record("\(change.testDescription), \(problem)") }
        #expect(sweep.killed >= change.points)
        #expect(sweep.late < sweep.killed)
    }

    /// Everything that can be read, mutes without their random ids.
    private static func state(_ store: TestStore) throws -> Posture {
        try Posture.exact(store).normalised(without: ["id", "updated_at"])
    }
}
