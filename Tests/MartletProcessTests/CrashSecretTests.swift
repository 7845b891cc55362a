import Foundation
import MartletCore
import MartletProgram
import Testing

/// `kill -9` before every statement of a rotation: each secret is sealed by the old key or by the new one.
@Suite(.timeLimit(.minutes(20)))
struct CrashSecretTests {
    private static let count = 45
    private let prepared: TestStore

    init() throws {
        prepared = TestStore(folder: try Folder(), isRecorded: false)
        for number in 0..<Self.count {
            try prepared.succeed(["secret", "set", "s\(number)", "--from-env", "HOME", "-q", "--log-level", "error"])
        }
        let file = prepared.folder.path("home/new.key")
        let key = try prepared.succeed(["secret", "key"])
        #expect(
            FileManager.default.createFile(
                atPath: file, contents: Data(key.utf8), attributes: [.posixPermissions: 0o600]))
    }

    @Test func rotation() throws {
        let origin = prepared.folder.url
        let sweep = CrashSweep.run(every: CrashSweep.triesAll ? 1 : 5) { point in
            let store = TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
            let rotate = ["secret", "rotate", "--to", store.folder.path("home/new.key"), "-o", "json"]
            let result = try store.run(rotate, crashPoint: point)
            guard result.code == 0 || result.code == -9 else {
                return .init(completed: true, problem: "ended with \(result.code): \(result.errors)")
            }
            // Rotation opens what it seals: after it, nothing is left that the new key alone cannot open.
            let again = try JSONValue.parse(try store.succeed(rotate))
            let resealed = again["resealed"]?.intValue ?? -1
            let old = ["secret", "rotate", "--secret-key-file", store.folder.path("home/new.key"), "--to"]
            let back = try store.succeed(old + [store.folder.path("home/martlet.db.key"), "-o", "json"])
            var problem = ""
            if try JSONValue.parse(back)["resealed"]?.intValue != Int64(Self.count) { problem = "back: \(back)" }
            if !(0...Int64(Self.count)).contains(resealed) { problem += "again: \(again)" }
            return .init(completed: result.code == 0, isLate: resealed < Int64(Self.count), problem: problem)
        }
        print("secret rotate: \(sweep.killed) crash points, \(sweep.late) of them with a part sealed anew")
        for problem in sweep.problems { Issue.record("secret rotate, \(problem)") }
        #expect(sweep.killed >= (CrashSweep.triesAll ? 45 : 9))
        #expect(sweep.late > 0 && sweep.late < sweep.killed)
    }
}
