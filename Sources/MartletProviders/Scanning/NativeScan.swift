import MartletCore
import Synchronization

/// A scan of Azure by Martlet itself, as a source of findings that states its own coverage.
///
/// It begins when the first portion is asked for. When nobody waits for the next one any more, it is cancelled.
public actor NativeScan: WorkingSource {
    private let run: ScanRun
    private let channel: ObservationChannel
    private let subscription: CollectorDefinition?
    private var task: Task<Void, Never>?

    /// The name by which findings of Martlet's own scanners are told from others'.
    public static let scanner = "martlet"

    /// A scan.
    ///
    /// - Parameters:
    ///   - catalog: The collectors of Azure.
    ///   - checks: What is checked.
    ///   - observedAt: The time that findings carry.
    public init(
        _ request: AzureScanRequest, catalog: CollectorCatalog, checks: any ItemChecks, client: AzureClient,
        observedAt: Timestamp
    ) {
        let plan = CollectionPlan(checks.needs, catalog: catalog, variables: Set(request.variables.keys))
        channel = ObservationChannel()
        subscription = catalog["azure.subscription"]
        run = ScanRun(
            plan: plan, checks: checks, client: client, request: request, sink: channel, observedAt: observedAt)
    }

    deinit {
        task?.cancel()
        let channel = channel
        Task { await channel.finish(.failure(CancellationError())) }
    }

    /// Always ``scanner``.
    public var scanner: String { Self.scanner }

    /// How far it has come.
    public nonisolated var progress: ScanProgress {
        var progress = run.progress.withLock { $0 }
        progress.calls = run.client.counts
        return progress
    }

    /// How far it has come, for whoever only wants to know that it goes on.
    public nonisolated var activity: SourceActivity {
        let progress = progress
        let share = Double(progress.collectors) / Double(max(progress.collectorsTotal, 1))
        let failed = progress.calls.failed > 0 ? ", \(progress.calls.failed) failed" : ""
        return SourceActivity(
            steps: progress.calls.requests + progress.items, share: share,
            text: "\(progress.calls.requests) calls\(failed), \(progress.items) resources")
    }

    /// The next findings; the last portion has the coverage.
    ///
    /// Throws ``MartletError`` when the scan cannot be made at all: `denied`, `not_found`, `io`.
    public func next() async throws -> ObservationBatch? {
        let task = task ?? begin()
        let channel = channel
        return try await withTaskCancellationHandler {
            try await channel.next()
        } onCancel: {
            task.cancel()
            Task { await channel.finish(.failure(CancellationError())) }
        }
    }

    /// Nothing is recognised: every statement is made anew.
    public func recognise(_ statements: KnownStatements) {}

    private func begin() -> Task<Void, Never> {
        let (run, channel, subscription) = (run, channel, subscription)
        let task = Task {
            do {
                let account = try await run.begin(subscription)
                let statements = try await run.run(account)
                await channel.finish(.success(statements))
            } catch {
                await channel.finish(.failure(error))
            }
        }
        self.task = task
        return task
    }
}
