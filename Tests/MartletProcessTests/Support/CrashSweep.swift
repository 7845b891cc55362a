import Dispatch
import Foundation
import Synchronization

/// Tries the numbered crash points from 1 on until the program reaches its end, two at a time.
struct CrashSweep {
    /// What was found at one point.
    struct Outcome {
        /// The program came to its end: the last point.
        var completed: Bool
        /// The program was killed, but what it was to do had been done.
        var isLate = false
        /// What is wrong; empty when all is well.
        var problem = ""
    }

    /// How many points killed the program.
    private(set) var killed = 0
    /// How many of these came after the change was visible.
    private(set) var late = 0
    /// What is wrong, by point; at most ten.
    private(set) var problems: [String] = []

    /// More points than this are a fault of their own.
    static let maximum = 3_000

    /// `MARTLET_TEST_ALL=1` asks for the points that are left out otherwise.
    static var triesAll: Bool { ProcessInfo.processInfo.environment["MARTLET_TEST_ALL"] == "1" }

    /// Tries every point, or one of so many.
    static func run(every step: Int = 1, _ point: @Sendable (Int) throws -> Outcome) -> CrashSweep {
        struct State {
            var next = 1
            var end = Int.max
            var sweep = CrashSweep()
        }
        let state = Mutex(State())
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            while true {
                let number = state.withLock { state -> Int? in
                    guard state.next < state.end, state.sweep.problems.count < 10 else { return nil }
                    defer { state.next += step }
                    return state.next
                }
                guard let number else { return }
                let outcome: Outcome
                do {
                    outcome = try point(number)
                } catch {
                    outcome = Outcome(completed: false, problem: "\(error)")
                }
                state.withLock { state in
                    if outcome.completed { state.end = min(state.end, number) } else { state.sweep.killed += 1 }
                    if outcome.isLate { state.sweep.late += 1 }
                    if !outcome.problem.isEmpty { state.sweep.problems.append("point \(number): \(outcome.problem)") }
                    if number >= maximum {
                        state.end = 0
                        state.sweep.problems.append("the program does not come to its end")
                    }
                }
            }
        }
        return state.withLock { $0.sweep }
    }
}
