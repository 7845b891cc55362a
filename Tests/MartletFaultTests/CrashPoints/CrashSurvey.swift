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
        var seen: Set<Boundary> = []
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
            for boundary in outcome.transactions.joined() where seen.insert(boundary).inserted { list.append(boundary) }
        }
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

    /// Gives whether the run came by the boundary, in one of five tries.
    ///
    /// One that no run came by is no fault: nothing is disturbed before it, so that it depends on the moment (a lease is renewed
    /// only in a run that lasts, however many of the undisturbed ones did). The test bounds how many these may be.
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
        print("\(trial.scene.rawValue): boundary \(trial.number) was not reached: \(trial.boundary.text.prefix(90))")
        return false
    }
}
