import Foundation
import MartletProgram

/// One import that is killed before each of its statements in turn, always on a new copy of the same store.
struct ImportSweep: Sendable {
    /// The folder of the store as it is before.
    let origin: URL
    /// The file to import.
    let file: String
    /// What an undisturbed import says, the first and the second time.
    private let told: [String]
    /// What it leaves, the first and the second time, normalised.
    private let postures: [Posture]

    /// Takes the measure of undisturbed imports.
    init(_ origin: URL, file: String) throws {
        self.origin = origin
        self.file = file
        let store = try Self.copy(origin)
        var told: [String] = []
        var postures: [Posture] = []
        for _ in 0..<2 {
            told.append(try Self.told(store, file))
            postures.append(try Posture.exact(store).normalised())
        }
        self.told = told
        self.postures = postures
    }

    /// What the first undisturbed import said, without ids, times and work done.
    var firstWords: String { told[0] }

    static func command(_ file: String) -> [String] {
        ["import", file, "--batch-size", "3", "--wait", "0", "-o", "json"]
    }

    /// Tries every point, or one of so many. After each, `isAsBefore` says whether what can be read is what could be read before.
    func run(
        every step: Int = 1, preparing: @Sendable (TestStore) throws -> Void = { _ in },
        isAsBefore: @Sendable (TestStore) throws -> Bool
    ) -> CrashSweep {
        CrashSweep.run(every: step) { point in
            let store = try Self.copy(origin)
            try preparing(store)
            let result = try store.run(Self.command(file), crashPoint: point)
            switch result.code {
            case 0: return .init(completed: true, problem: try repeating(store, 1))
            case -9 where try isAsBefore(store): return .init(completed: false, problem: try repeating(store, 0))
            case -9:
                let left = try Posture.exact(store).normalised()
                guard left == postures[0] else {
                    return .init(completed: false, problem: "torn: " + left.difference(from: postures[0]))
                }
                return .init(completed: false, isLate: true, problem: try repeating(store, 1))
            default: return .init(completed: true, problem: "ended with \(result.code): \(result.errors)")
            }
        }
    }

    /// Imports once more, undisturbed, and says what differs from the reference.
    private func repeating(_ store: TestStore, _ times: Int) throws -> String {
        let words = try Self.told(store, file)
        let posture = try Posture.exact(store).normalised()
        var problems: [String] = []
        if words != told[times] { problems.append("\(words)\ninstead of\n\(told[times])") }
        if posture != postures[times] { problems.append(posture.difference(from: postures[times])) }
        let scans = try store.succeed(["scans", "-o", "ndjson"])
        for state in ["queued", "running", "publishing"] where scans.contains("\"state\":\"\(state)\"") {
            problems.append("a scan is still \(state)")
        }
        return problems.joined(separator: "\n")
    }

    private static func copy(_ origin: URL) throws -> TestStore {
        TestStore(folder: try Folder(copyingStoreOf: origin), isRecorded: false)
    }

    private static func told(_ store: TestStore, _ file: String) throws -> String {
        try Posture.normalised(try store.succeed(command(file)))
    }
}
