import Glibc
import MartletCore
import MartletStore
import Synchronization
import Testing

@testable import MartletEngine

/// In which order the end of an attempt takes its locks, beside what the attempt still does.
@Suite("Queue: the end of an attempt")
struct EndOrderTests {
    /// Leaves a transaction behind that has written the job's row and proves its token half a second later, and fails.
    private final class Careless: JobRunner {
        let begun = Mutex(0)
        let outcome = Mutex<(any Error)?>(nil)
        let late = Gate()

        func run(_ context: JobContext) async throws -> JobOutcome {
            guard context.job.attempts == 1 else { return .done }
            let written = Gate()
            Task.detached {
                do {
                    try await context.store.database.write { connection in
                        self.begun.withLock { $0 += 1 }
                        try context.announce(connection)
                        try connection.execute(
                            "UPDATE jobs SET progress_text = 'late' WHERE tenant = $1 AND id = $2",
                            [.int(context.job.job.tenant), .text(context.job.job.id)])
                        written.open()
                        // Longer than the server waits before it looks for a circle.
                        usleep(700_000)
                        try context.prove(connection)
                    }
                } catch {
                    self.outcome.withLock { $0 = error }
                    written.open()
                }
                self.late.open()
            }
            await written.pass()
            throw MartletError(.io, "the disk has gone")
        }

        func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
    }

    @Test("waits for the attempt's own progress and never in a circle with it", arguments: StorePlace.allCases)
    func beside(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            let tenant = test.store.tenant
            try await test.store.database.write {
                _ = try Jobs.enqueue(JobRequest(id: "j", kind: .retention, payload: "{}"), tenant: tenant, $0)
            }
            let runner = Careless()
            try await fixture.running(fixture.pool([.retention: runner])) {
                await runner.late.pass()
                for _ in 0..<6_000 {
                    if try await fixture.job("j").state.isFinal { break }
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            // A transaction that the server has ended because of a circle is run again.
            #expect(runner.begun.withLock { $0 } == 1)
            #expect(runner.outcome.withLock { $0 == nil })
            let job = try await fixture.job("j")
            #expect(job.state == .completed && job.attempts == 2 && job.losses == 0)
        }
    }
}
