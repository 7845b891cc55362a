import MartletCore
import Testing

@testable import MartletStore

/// The table's own constraints say what the state machine says.
@Suite("Queue: constraints of the table")
struct JobConstraintTests {
    @Test("whatever the machine lets happen can be written, and all of it is read again", arguments: Driver.all)
    func random(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            for number in 0..<4 { try await queue.queueScan("s\(number)", account: "\(number)") }
            var generator = SystemRandomNumberGenerator()
            var seen: Set<JobState> = []
            for _ in 0..<160 {
                let id = "s\(Int.random(in: 0..<4, using: &generator))"
                let machine = try await queue.machine(id)
                let token = Bool.random() ? machine.token : machine.token + 1
                let failure = JobFailure(code: "io", message: "away")
                let event: JobEvent =
                    [
                        .complete(token: token),
                        .fail(token: token, failure, isTransient: Bool.random(using: &generator)),
                        .lose(token: token), .handBack(token: token), .requestCancel, .stopped(token: token),
                        .retryByUser, .stall(token: token), .timeLimit(token: token),
                    ].randomElement(using: &generator) ?? .retryByUser
                if machine.state == .queued, Bool.random(using: &generator) {
                    _ = try await queue.claim()
                } else {
                    var limits = JobLimits()
                    limits.backoffBase = 0
                    do {
                        let next = try await queue.apply(event, id, limits: limits)
                        let stored = try await queue.machine(id)
                        #expect(stored == next.job)
                    } catch let error as MartletError where error.code != .database {
                        // The machine refuses it; nothing has changed.
                        let stored = try await queue.machine(id)
                        #expect(stored == machine)
                    }
                }
                seen.insert(try await queue.machine(id).state)
            }
            #expect(seen.count >= 4, "\(seen)")
        }
    }

    @Test("what no event leads to is refused by the database", arguments: Driver.all)
    func impossible(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("queued", account: "1")
            try await queue.queueScan("running", account: "2", priority: 1)
            try await queue.queueScan("next", account: "2")
            #expect(try await queue.claim().map(\.job.id) == ["running"])
            let changes = [
                ("queued", "state = 'running'"), ("queued", "state = 'sleeping'"), ("queued", "state = 'completed'"),
                ("queued", "state = 'failed', finished_at = 1"), ("queued", "state = 'cancelled', finished_at = 1"),
                ("queued", "cancel_requested_at = 1"), ("queued", "worker = 'w', host = 'h', pid = 1"),
                ("queued", "attempts = 1"), ("queued", "losses = 1"), ("queued", "hand_backs = -1"),
                ("queued", "kind = 'retention'"), ("queued", "version = 0"), ("queued", "account = 0"),
                ("queued", "token = -1"), ("queued", "error_code = 'io'"), ("queued", "progress = 1001"),
                ("running", "worker = NULL"), ("running", "token = 0"), ("running", "finished_at = 1"),
                ("running", "losses = 2"), ("running", "claimed_at = NULL"), ("running", "progress = -1"),
                ("running", "state = 'completed', worker = NULL, host = NULL, pid = NULL"),
                (
                    "running",
                    """
                    state = 'completed', worker = NULL, host = NULL, pid = NULL, finished_at = 1, cancel_requested_at = 1
                    """
                ),
                // The backstop of the fence: a second running one of the account.
                (
                    "next",
                    """
                    state = 'running', worker = 'w', host = 'h', pid = 1, token = 99, attempts = 1, first_claimed_at = 1,
                    claimed_at = 1
                    """
                ),
            ]
            for (id, change) in changes {
                await expectError(.database) {
                    try await queue.store.database.write {
                        _ = try $0.execute("UPDATE jobs SET \(change) WHERE id = $1", [.text(id)])
                    }
                }
            }
        }
    }
}
