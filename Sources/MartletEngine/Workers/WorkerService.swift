import MartletCore
import MartletStore

/// A pool of workers with all that it needs beside the store: connections of its own for leases, and a listener that wakes
/// it. `martlet worker` runs one; a server runs one under a ``WorkerSupervisor``.
public final class WorkerService: SupervisedWorker {
    /// Claims jobs and runs them.
    public let pool: WorkerPool
    private let control: Store?
    private let listener: PostgresListener?

    /// Opens what it needs.
    ///
    /// - Parameters:
    ///   - store: Any tenant's; the pool works for all of them. It stays open.
    ///   - url: Where the store is, for the connections that leases are looked after on.
    ///   - recorder: Takes the spans of attempts, if anybody collects them.
    /// - Throws: ``MartletError`` of the database.
    public init(
        store: Store, url: String, runners: [JobKind: any JobRunner], settings: WorkerSettings,
        recorder: (any SpanRecorder)? = nil, log: @escaping WorkerPool.Log = { _, _ in }
    ) async throws {
        control = store.filePath == nil ? try await Store.open(url: url, tenant: store.tenantName) : nil
        listener = try PostgresListener(store: store)
        pool = WorkerPool(
            store: store, control: control, runners: runners, settings: settings, recorder: recorder, log: log)
    }

    /// Works until ``stop()`` is called and all running work has ended, within the grace, or was handed back.
    public func run() async {
        let (pool, listener) = (pool, listener)
        let listening = Task {
            await listener?.listen { Task { await pool.wakeUp.signal() } }
        }
        await pool.run()
        listener?.stop()
        await listening.value
        await control?.close()
    }

    /// Claims nothing more, and lets running work end.
    public func stop() async { await pool.stop() }

    /// Gives up all work at once.
    public func abandon() async {
        listener?.stop()
        await pool.abandon()
    }

    /// The pool looks for work at once.
    public func wake() async { await pool.wakeUp.signal() }

    /// Whether the pool's loops go round.
    public var isAlive: Bool { get async { await pool.isAlive } }
}
