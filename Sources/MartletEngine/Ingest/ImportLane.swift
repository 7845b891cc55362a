import MartletCore
import MartletStore

/// One account's part of a run over a source.
struct ImportLane {
    let session: IngestSession
    private(set) var ingestTime = Duration.zero
    private(set) var ended = false
    private let renewal: Task<Void, Never>?
    private let start: ContinuousClock.Instant
    private var finish: ContinuousClock.Instant?

    /// Begins. Where it renews, it keeps the lease alive until ``end()``, and the tenant free by `rescue`.
    init(session: IngestSession, renews: Bool, rescue: Rescue?) {
        self.session = session
        start = ContinuousClock().now
        renewal = !renews ? nil : Task { await session.keepAlive(rescue: rescue) }
    }

    /// Wall time since the claim, or until the end.
    var elapsed: Duration { (finish ?? ContinuousClock().now) - start }

    /// Writes a batch, and what the source says of the account.
    mutating func ingest(_ batch: PreparedBatch, _ description: AccountDescription?) async throws {
        let start = ContinuousClock().now
        try await session.ingest(batch, description)
        count(batch.read, since: start)
    }

    /// Takes in statements that the source repeats word for word.
    mutating func ingest(_ statements: [RecognisedStatement]) async throws {
        let start = ContinuousClock().now
        try await session.ingest(statements)
        count(statements.count, since: start)
    }

    private mutating func count(_ findings: Int, since start: ContinuousClock.Instant) {
        let time = ContinuousClock().now - start
        ingestTime += time
        guard let counters = WorkCounters.current else { return }
        counters.add(.findings, Int64(findings))
        counters.add(.batches)
        counters.add(.ingestTime, time.milliseconds)
    }

    /// The scan is published.
    mutating func end() {
        stopRenewal()
        ended = true
        finish = ContinuousClock().now
    }

    /// Lets the lease run out.
    func stopRenewal() { renewal?.cancel() }

    /// What was measured so far.
    func details(parse: Duration) -> ScanDetails {
        var details = ScanDetails()
        details.parseMilliseconds = parse.milliseconds
        details.ingestMilliseconds = ingestTime.milliseconds
        details.counts.read = session.memory.withLock { $0.read }
        return details
    }
}
