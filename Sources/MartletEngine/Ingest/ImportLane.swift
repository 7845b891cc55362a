import MartletCore
import MartletStore

/// One account's part of a run over a source.
struct ImportLane {
    let session: IngestSession
    private(set) var ingestTime = Duration.zero
    private(set) var ended = false
    private let renewal: Task<Void, Never>
    private let start: ContinuousClock.Instant
    private var finish: ContinuousClock.Instant?

    /// Begins and keeps the lease alive until ``end()``.
    init(session: IngestSession) {
        self.session = session
        start = ContinuousClock().now
        renewal = Task { await session.keepAlive() }
    }

    /// Wall time since the claim, or until the end.
    var elapsed: Duration { (finish ?? ContinuousClock().now) - start }

    /// Writes a batch.
    mutating func ingest(_ batch: PreparedBatch) async throws {
        let start = ContinuousClock().now
        try await session.ingest(batch)
        ingestTime += ContinuousClock().now - start
    }

    /// Takes in statements that the source repeats word for word.
    mutating func ingest(_ statements: [RecognisedStatement]) async throws {
        let start = ContinuousClock().now
        try await session.ingest(statements)
        ingestTime += ContinuousClock().now - start
    }

    /// The scan is published.
    mutating func end() {
        stopRenewal()
        ended = true
        finish = ContinuousClock().now
    }

    /// Lets the lease run out.
    func stopRenewal() { renewal.cancel() }

    /// What was measured so far.
    func details(parse: Duration) -> ScanDetails {
        var details = ScanDetails()
        details.parseMilliseconds = parse.milliseconds
        details.ingestMilliseconds = ingestTime.milliseconds
        details.counts.read = session.memory.withLock { $0.read }
        return details
    }
}
