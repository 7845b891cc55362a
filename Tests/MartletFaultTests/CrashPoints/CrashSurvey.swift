import Foundation
import MartletTestSupport
import Synchronization
import Testing

/// All boundaries of a scene, and runs that are disturbed at them.
struct CrashSurvey: Sendable {
    let places: [CrashPlace]
    private let numbers = Numbers(above: 100_000_000_000)

    private final class Numbers: Sendable {
        private let last: Atomic<Int>
        init(above last: Int) { self.last = Atomic(last) }
        func take() -> Int { last.add(1, ordering: .relaxed).newValue }
    }

    /// One that is to be tried.
    struct Trial: Sendable {
        var scene: CrashScene
        var number: Int
        var boundary: Boundary
        var fault: String
    }

    /// Undisturbed runs: the boundaries of their writing transactions, and what they were.
    func boundaries(
        of scene: CrashScene, runs: Int
    ) async throws -> (boundaries: [Boundary], operations: Set<QueueOperation>) {
        var seen: [Boundary: Int] = [:]
        var list: [Boundary] = []
        var operations: Set<QueueOperation> = []
        for number in 0..<runs {
            let place = places[number % places.count]
            let outcome = try await CrashRun(place: place, scene: scene, account: "\(numbers.take())").perform()
            #expect(outcome.problems.isEmpty, "undisturbed, \(scene.rawValue): \(outcome.problems)")
            expectNoneMissing(outcome, place, scene)
            for transaction in outcome.transactions {
                operations.formUnion(QueueOperation.allCases.filter { $0.matches(transaction) })
            }
            // What a run does several times, it has done.
            var inRun: Set<Boundary> = []
            for boundary in outcome.transactions.joined() where inRun.insert(boundary).inserted {
                if seen[boundary] == nil { list.append(boundary) }
                seen[boundary, default: 0] += 1
            }
        }
        // What only some runs come by depends on what happens beside it.
        for index in list.indices where seen[list[index], default: 0] < runs { list[index].isAside = true }
        return (list, operations)
    }

    /// The database's own word: each statement that it has run has a boundary before it.
    private func expectNoneMissing(_ outcome: CrashRun.Outcome, _ place: CrashPlace, _ scene: CrashScene) {
        var passed: [String: Int] = [:]
        for boundary in outcome.transactions.joined() where !boundary.isRemark {
            passed[boundary.text, default: 0] += 1
        }
        #expect(!outcome.executed.isEmpty)
        var executed: [String: Int] = [:]
        var last = ""
        for sql in outcome.executed.map(Boundary.normalised) {
            // SQLite tells of every row of a load, and of every key of a look-up.
            if place.kind == .postgresql || sql != last { executed[sql, default: 0] += 1 }
            last = sql
        }
        for (sql, count) in executed where !Self.isOfOpening(sql) {
            #expect(
                passed[sql, default: 0] >= count,
                "\(place.kind.rawValue), \(scene.rawValue): \(count) times run, \(passed[sql, default: 0]) boundaries: \(sql)"
            )
        }
    }

    /// Settings of a connection that is made, outside of any transaction.
    private static func isOfOpening(_ sql: String) -> Bool { sql.hasPrefix("PRAGMA") }

    /// Does trials, one at a time in each place. Gives how many were disturbed where they should.
    func perform(_ trials: [Trial]) async throws -> Int {
        let turns = Numbers(above: -1)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for place in places {
                group.addTask {
                    var hits = 0
                    while true {
                        let index = turns.take()
                        guard index < trials.count else { return hits }
                        if try await perform(trials[index], in: place) { hits += 1 }
                    }
                }
            }
            return try await group.reduce(0, +)
        }
    }

    /// A boundary that depends on what happens beside it may not come in every run; no transaction is without others.
    private func perform(_ trial: Trial, in place: CrashPlace) async throws -> Bool {
        for _ in 0..<5 {
            let run = CrashRun(
                place: place, scene: trial.scene, account: "\(numbers.take())", boundary: trial.boundary,
                fault: trial.fault)
            let outcome = try await run.perform()
            #expect(
                outcome.problems.isEmpty,
                """
                \(place.kind.rawValue), \(trial.scene.rawValue), \(trial.fault) at boundary \(trial.number) \
                (\(trial.boundary.text.prefix(90))): \(outcome.problems.joined(separator: "; "))
                """)
            if outcome.isReached { return true }
        }
        if trial.boundary.isAside { return false }
        Issue.record("\(trial.scene.rawValue): boundary \(trial.number) was never reached: \(trial.boundary.text)")
        return false
    }
}
