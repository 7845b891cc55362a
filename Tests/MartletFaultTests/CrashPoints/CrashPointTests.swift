import Foundation
import MartletTestSupport
import Testing

/// Every boundary between two statements of the queue's transactions has a number. At each the process is killed, and on
/// PostgreSQL the connection's backend is ended, or the answer to a COMMIT is lost; then what must hold is checked. A part of
/// them, unless `MARTLET_TEST_ALL=1`; which part follows from a seed (`MARTLET_TEST_SEED`).
@Suite("Queue: crash points", .serialized)
struct CrashPointTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let isComplete = environment["MARTLET_TEST_ALL"] == "1"
    private static let seed =
        environment["MARTLET_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 0..<1_000_000)

    @Test(arguments: CrashPlace.Kind.allCases)
    func everywhere(kind: CrashPlace.Kind) async throws {
        let server = kind == .postgresql ? try CrashPlace.talkativeServer() : nil
        let places = [try await CrashPlace(server, schema: "place1"), try await CrashPlace(server, schema: "place2")]
        let survey = CrashSurvey(places: places)
        var trials: [CrashSurvey.Trial] = []
        var operations: Set<QueueOperation> = []
        for scene in CrashScene.allCases {
            let found = try await survey.boundaries(of: scene, runs: Self.isComplete ? 4 : 2)
            operations.formUnion(found.operations)
            print("\(kind.rawValue), \(scene.rawValue): \(found.boundaries.count) boundaries")
            for (index, boundary) in found.boundaries.enumerated() {
                func add(_ fault: String) {
                    trials.append(.init(scene: scene, number: index + 1, boundary: boundary, fault: fault))
                }
                add("process")
                guard kind == .postgresql else { continue }
                add("backend")
                if boundary.text == "COMMIT" { add("answer") }
            }
        }
        #expect(operations == Set(QueueOperation.allCases), "nothing was seen of the others")
        let all = trials.count
        if !Self.isComplete {
            var generator = SplitMix(seed: Self.seed)
            trials = Array(trials.shuffled(using: &generator).prefix(kind == .postgresql ? 40 : 24))
        }
        let hits = try await survey.perform(trials)
        print("\(kind.rawValue): \(all) crash points, \(trials.count) tried, \(hits) reached; seed \(Self.seed)")
        // Not every run comes by what depends on the moment. Of a few trials more may be such than of all.
        #expect(hits * 100 >= trials.count * (Self.isComplete ? 90 : 75), "seed \(Self.seed)")
        for place in places { await place.store.close() }
    }
}
