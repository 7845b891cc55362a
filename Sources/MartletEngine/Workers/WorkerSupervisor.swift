/// Keeps a worker going inside a program that does something else as well: one that ends, fails or hangs is replaced by a
/// new one, after a pause that grows while that keeps happening.
///
/// What the old one held is taken over like that of any dead worker: its leases are renewed no more.
public actor WorkerSupervisor {
    /// How it is with the worker.
    public enum Status: Sendable, Hashable {
        /// Not begun, or ended as it was told to.
        case idle
        /// A worker is at work.
        case working
        /// The last one has died for this reason; the next one comes after a pause.
        case pausing(String)
    }

    /// Makes a worker; an error counts as a death.
    public typealias Maker = @Sendable () async throws -> any SupervisedWorker

    /// How it is now.
    public private(set) var status = Status.idle
    /// How many workers were made in place of one that died.
    public private(set) var restarts = 0

    private let make: Maker
    private let log: @Sendable (String) -> Void
    private let watch: Int64
    private let silence: Int64
    private var pause: RestartPause
    private var current: (any SupervisedWorker)?
    private var isStopping = false
    private let wakeUp = WakeSignal()

    /// - Parameters:
    ///   - pause: Before a dead worker is replaced.
    ///   - watch: Milliseconds from one look whether the worker goes on to the next.
    ///   - silence: One that says nothing for so many milliseconds hangs, like one that says so.
    ///   - log: Takes a line when a worker has died.
    public init(
        pause: RestartPause = RestartPause(), watch: Int64 = 1_000, silence: Int64 = 30_000,
        log: @escaping @Sendable (String) -> Void = { _ in }, make: @escaping Maker
    ) {
        self.make = make
        self.log = log
        self.watch = watch
        self.silence = silence
        self.pause = pause
    }

    /// Has work done until ``stop()``.
    public func run() async {
        while !isStopping {
            let startedAt = MonotonicTime.now()
            let reason = await life()
            guard !isStopping else { break }
            var generator = SystemRandomNumberGenerator()
            let milliseconds = pause.next(after: MonotonicTime.now() - startedAt, using: &generator)
            status = .pausing(reason)
            restarts += 1
            log("the worker \(reason); a new one begins in \(milliseconds) ms")
            let end = MonotonicTime.now() + milliseconds
            while !isStopping, MonotonicTime.now() < end {
                await wakeUp.wait(milliseconds: max(1, end - MonotonicTime.now()))
            }
        }
        status = .idle
    }

    /// Ends the worker, after what is under way, and then ``run()``.
    public func stop() async {
        isStopping = true
        await wakeUp.signal()
        await current?.stop()
    }

    /// There may be work to do: the worker looks at once.
    public func wake() async { await current?.wake() }

    /// One worker from its making to its end; gives the reason of the end.
    private func life() async -> String {
        let worker: any SupervisedWorker
        do { worker = try await make() } catch { return "could not be started: \(error)" }
        current = worker
        defer { current = nil }
        status = .working
        // Whoever asked for the end before there was a worker has told none.
        if isStopping { await worker.stop() }
        let life = WorkerLife(worker)
        let task = Task { await life.run() }
        var end = life.reason
        while end == nil {
            await life.ended.wait(milliseconds: watch)
            end = life.reason
            if end == nil, life.hangs(after: silence) {
                task.cancel()
                // Not waited for: what hangs may not answer this, either.
                Task { await worker.abandon() }
                end = "hangs"
            }
        }
        return end ?? ""
    }
}
