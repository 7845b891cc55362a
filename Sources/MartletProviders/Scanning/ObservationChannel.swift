import MartletCore

/// Hands findings from the tasks that make them to the one who takes them, and makes them wait while nobody does.
actor ObservationChannel {
    private var pending: [FindingObservation] = []
    private var coverage: [CoverageStatement] = []
    private var accounts: [AccountKey: AccountDescription] = [:]
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var taker: CheckedContinuation<Void, Never>?
    private var end: Result<Void, any Error>?

    /// Findings that are kept before their makers have to wait.
    private static let capacity = 2_000
    /// What a finding takes in memory, about.
    private static let findingBytes = 1_000

    /// Gives findings; returns when there is room for more. Throws when nobody takes them any more.
    func send(_ findings: [FindingObservation]) async throws {
        guard end == nil else { throw CancellationError() }
        pending += findings
        taker?.resume()
        taker = nil
        while pending.count >= Self.capacity, end == nil {
            await withCheckedContinuation { waiting.append($0) }
        }
        if end != nil { throw CancellationError() }
    }

    /// Says what the account is called.
    func describe(_ account: AccountKey, _ description: AccountDescription) { accounts[account] = description }

    /// There is nothing more; `statements` are the last that is said.
    func finish(_ result: Result<[CoverageStatement], any Error>) {
        guard end == nil else { return }
        coverage = (try? result.get()) ?? []
        end = result.map { _ in }
        resumeAll()
    }

    /// The next portion; nil after the last.
    func next() async throws -> ObservationBatch? {
        while pending.isEmpty, end == nil { await withCheckedContinuation { taker = $0 } }
        if case .failure(let error)? = end { throw error }
        guard !pending.isEmpty || !coverage.isEmpty else { return nil }
        var batch = ObservationBatch()
        batch.findings = pending
        batch.accounts = accounts
        batch.joinableBytes = pending.count * Self.findingBytes
        pending = []
        accounts = [:]
        if end != nil {
            batch.coverage = coverage
            coverage = []
        }
        let makers = waiting
        waiting = []
        for maker in makers { maker.resume() }
        return batch
    }

    private func resumeAll() {
        taker?.resume()
        taker = nil
        let makers = waiting
        waiting = []
        for maker in makers { maker.resume() }
    }
}
