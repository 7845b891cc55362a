import MartletCore
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

extension APIFixture {
    /// Runs `body` beside a pool of workers with these runners.
    func working(_ runners: [JobKind: any JobRunner], _ body: () async throws -> Void) async throws {
        var settings = WorkerSettings()
        settings.timing = LeaseTiming(lifetime: 60_000)
        settings.timing.rescue = 20
        settings.polling = 20
        settings.grace = 0
        let pool = WorkerPool(store: store, runners: runners, settings: settings)
        let run = Task { await pool.run() }
        do { try await body() } catch {
            await pool.stop()
            await run.value
            throw error
        }
        await pool.stop()
        await run.value
    }

    /// Polls a task until it has ended; gives its last answer.
    func ended(_ task: String, _ location: SourceLocation = #_sourceLocation) async throws -> Answer {
        for _ in 0..<6_000 {
            let answer = try await ask(.get, "/tasks/\(task)")
            let state = answer.attribute("state")?.stringValue ?? "?"
            if answer.status != 200 || ["completed", "failed", "cancelled"].contains(state) { return answer }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("the task never ended", sourceLocation: location)
        throw MartletError(.limit, "waited too long")
    }
}
