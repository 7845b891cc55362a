import MartletCore
import MartletStore

/// Claims jobs of all tenants and runs them, as many at a time as its settings say.
///
/// One loop claims, one renews the leases of all running jobs, one looks for jobs of dead holders and for cancels, one for
/// due schedules and tenants to be looked after. No loop ends because of an error: what fails is written to the log and tried again. Nothing that a job does takes the pool
/// down.
public actor WorkerPool {
    /// Takes a line for the log: what happened, with the id of the job it is about; ``Tracing/current`` is the job's trace.
    /// It may hold private detail.
    public typealias Log = @Sendable (_ job: String?, _ message: String) -> Void

    let store: Store
    /// Claims, renewals and rescues; of its own where the database has several connections, so that work that waits for
    /// one never costs a lease.
    let control: any Database
    let controlStore: Store
    let hasOwnControl: Bool
    let runners: [JobKind: any JobRunner]
    let settings: WorkerSettings
    let worker: Worker
    let log: Log
    /// Wakes the claim loop; enqueuing code of the same process may signal it.
    public let wakeUp = WakeSignal()

    var running: [Int64: RunningJob] = [:]
    var isStopping = false
    /// One writer and no expiry that anybody could act on before a waiting renewal: the deadline proves nothing.
    var hasOneWriter = false
    var isRenewing = false
    var pulse = WorkerPulse()
    /// Takes the spans of attempts; nil where nobody collects any.
    let recorder: (any SpanRecorder)?
    let counters = WorkCounters()
    var report = WorkReport()

    /// - Parameters:
    ///   - store: Any tenant's; the pool works for all of them.
    ///   - control: The same store on connections of its own; nil for the store's.
    ///   - name: Unique among the workers of the database.
    ///   - recorder: Takes the spans of attempts, if anybody collects them.
    public init(
        store: Store, control: Store? = nil, runners: [JobKind: any JobRunner], settings: WorkerSettings,
        name: String? = nil, recorder: (any SpanRecorder)? = nil, log: @escaping Log = { _, _ in }
    ) {
        self.store = store
        self.recorder = recorder
        controlStore = control ?? store
        hasOwnControl = control != nil
        self.control = controlStore.database.scoped(to: .dispatch)
        self.runners = runners
        self.settings = settings
        var worker = Worker.current()
        worker.name = name ?? "\(worker.host)/\(worker.pid)"
        self.worker = worker
        self.log = log
    }

    /// Works until ``stop()`` is called and all running work has ended, within the grace, or was handed back.
    public func run() async {
        hasOneWriter = (try? await control.read { $0.dialect == .sqlite }) ?? false
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.renewLoop() }
            group.addTask { await self.lookLoop() }
            group.addTask { await self.upkeepLoop() }
            group.addTask { await self.reportLoop() }
            await claimLoop()
            await drain()
            group.cancelAll()
        }
        await reportEnd()
    }

    /// Claims nothing more, lets running work finish within the grace, and hands back what is left. ``run()`` then ends.
    public func stop() async {
        isStopping = true
        await wakeUp.signal()
    }

    /// Begins nothing more and gives up what runs, as if its leases were lost: nothing more is written, and other workers
    /// take the work over when the leases are over.
    public func abandon() async {
        isStopping = true
        let now = MonotonicTime.now()
        for token in running.keys { running[token]?.end(.lost, at: now) }
        running = [:]
        await wakeUp.signal()
    }

    /// Whether its loops go round; false when one hangs, which nothing but a new process helps.
    public var isAlive: Bool { pulse.isAlive(at: MonotonicTime.now()) }

    /// How many jobs it holds.
    public var held: Int { running.count }

    // MARK: Claiming

    private func claimLoop() async {
        var failures = 0
        defer { pulse.end(.claim) }
        while !isStopping {
            pulse.beat(.claim, at: MonotonicTime.now())
            var claimed = 0
            if let request = claimRequest() {
                do {
                    claimed = try await claim(request)
                    failures = 0
                } catch {
                    failures += 1
                    log(nil, "jobs could not be claimed: \(error)")
                }
            }
            // More may wait than one claim gave.
            if claimed > 0 { continue }
            let longest = max(settings.polling, 4_000)
            await wakeUp.wait(milliseconds: min(settings.polling * Int64(1 << min(failures, 2)), longest))
        }
    }

    private func claim(_ request: ClaimRequest) async throws -> Int {
        let sentAt = MonotonicTime.now()
        let jobs = try await control.write { try Jobs.claim(request, $0) }
        for job in jobs { start(job, sentAt: sentAt) }
        return jobs.count
    }

    private func start(_ job: ClaimedJob, sentAt: Int64) {
        var timing = settings.timing
        if hasOneWriter { timing.lifetime = .max / 4 }
        let context = JobContext(
            job: job, store: store.of(tenant: job.job.tenant), lifetime: settings.timing.lifetime,
            total: settings.limits.total)
        let runner = runners[job.kind]
        let trace = JobTrace(job, claimTook: (MonotonicTime.now() - sentAt) * 1_000_000)
        trace.begin(recorder)
        let scope = Tracing.Scope(trace.context, recorder: recorder)
        let counters = counters
        if job.attempts > 1 { counters.add(.retries) }
        let task = Task {
            let result = await Tracing.$scope.withValue(scope) {
                await WorkCounters.$current.withValue(counters) { await Self.attempt(context, runner) }
            }
            await self.ended(job, result)
        }
        running[job.lease.token] = RunningJob(
            context: context, task: task, startedAt: sentAt,
            lease: LeaseMachine(claimSentAt: sentAt, timing: timing), trace: trace)
        say(
            trace, job.job.id, "claimed (\(job.kind.rawValue), attempt \(job.attempts), token \(job.lease.token))")
    }

    /// A line about a job, in the job's trace.
    func say(_ trace: JobTrace?, _ job: String, _ message: String) {
        let scope = trace.map { Tracing.Scope($0.context, recorder: recorder) }
        Tracing.$scope.withValue(scope) { log(job, message) }
    }

    private nonisolated static func attempt(
        _ context: JobContext, _ runner: (any JobRunner)?
    ) async -> Result<JobOutcome, any Error> {
        guard let runner else {
            return .failure(
                MartletError(.usage, "This worker cannot do jobs of the kind \(context.job.kind.rawValue)."))
        }
        do { return .success(try await Tracing.span("run") { try await runner.run(context) }) } catch {
            return .failure(error)
        }
    }

    // MARK: Stopping

    private func drain() async {
        let deadline = MonotonicTime.now() + settings.grace
        while !running.isEmpty, MonotonicTime.now() < deadline { await wakeUp.wait(milliseconds: 100) }
        for token in running.keys { running[token]?.end(.shutdown, at: MonotonicTime.now()) }
        let last = MonotonicTime.now() + settings.patience + settings.farewell
        while !running.isEmpty, MonotonicTime.now() < last { await wakeUp.wait(milliseconds: 50) }
    }
}
