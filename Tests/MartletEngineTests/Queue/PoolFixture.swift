import MartletCore
import MartletStore
import Synchronization
import Testing

@testable import MartletEngine

/// A pool of workers on a test's store, and short ways to wait for what it does.
struct PoolFixture: Sendable {
    let test: TestStore
    let lines = Lines()

    /// What the pool wrote to its log.
    final class Lines: Sendable {
        private let state = Mutex<[String]>([])
        func add(_ line: String) { state.withLock { $0.append(line) } }
        var all: [String] { state.withLock { $0 } }
    }

    /// Leases so long that a slow machine never loses one by itself.
    static var settings: WorkerSettings {
        var settings = WorkerSettings()
        settings.timing = LeaseTiming(lifetime: 60_000)
        settings.timing.rescue = 20
        settings.polling = 20
        settings.grace = 0
        settings.farewell = 600_000
        settings.limits.backoffBase = 0
        return settings
    }

    func pool(
        _ settings: WorkerSettings, _ runners: [JobKind: any JobRunner]
    ) -> WorkerPool {
        let lines = lines
        return WorkerPool(store: test.store, runners: runners, settings: settings) { job, message in
            lines.add("\(job ?? "-") \(message)")
        }
    }

    func pool(_ runners: [JobKind: any JobRunner]) -> WorkerPool { pool(Self.settings, runners) }

    /// Runs `body` beside a pool, which is stopped afterwards.
    func running(
        _ pool: WorkerPool, _ body: () async throws -> Void
    ) async throws {
        let run = Task { await pool.run() }
        do { try await body() } catch {
            await pool.stop()
            await run.value
            throw error
        }
        await pool.stop()
        await run.value
    }

    func addAccount(_ uid: String = "111") async throws {
        let key = AccountKey(provider: try #require(Provider(name: "aws")), uid: uid)
        let tenant = test.store.tenant
        try await test.store.database.write { _ = try Accounts.account(key, tenant: tenant, $0) }
    }

    func start(_ account: String = "111", _ path: String = "x") async throws -> String {
        try await ScanQueue(store: test.store).start(account: account, order: ScanOrder(source: "file:\(path)"))
    }

    func scan(_ id: String) async throws -> ScanRow {
        try #require(try await test.store.read { try $0.scan(id) })
    }

    func job(_ id: String) async throws -> JobRow { try #require(try await test.store.read { try $0.job(id) }) }

    /// Waits until a scan is in a state; a generous end, for a machine that does much else.
    @discardableResult
    func wait(
        for id: String, _ location: SourceLocation = #_sourceLocation, until isThere: (ScanRow) -> Bool
    ) async throws -> ScanRow {
        for _ in 0..<6_000 {
            let row = try await scan(id)
            if isThere(row) { return row }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it never came to that: \(try await scan(id)); \(lines.all)", sourceLocation: location)
        throw MartletError(.limit, "waited too long")
    }

    static func runners(_ open: @escaping ScanRunner.Opener) -> [JobKind: any JobRunner] {
        [.scan: ScanRunner(open: open)]
    }
}

/// A gate that many may wait at until it is opened.
final class Gate: Sendable {
    private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>]()))

    func open() {
        let all = state.withLock { state in
            defer { state = (true, []) }
            return state.waiting
        }
        for continuation in all { continuation.resume() }
    }

    /// Waits until it is open, whatever happens to the task.
    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
