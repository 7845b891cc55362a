import MartletCore

/// Reads a source and prepares what it says, beside the database's work on the portion before.
actor SourcePreparation {
    private let source: any FindingSource
    private var preparers: [AccountKey: BatchPreparer] = [:]
    private var scanner: String?
    private var known: KnownStatements?
    /// The batch that is being read while the one before is prepared.
    private var ahead: Task<ObservationBatch?, any Error>?

    /// When portions that are joined make a batch.
    private static let fullFindings = 3_000
    /// Of a statement that is recognised little more than a number is kept.
    private static let fullRecognised = 10 * fullFindings
    private static let fullBytes = 16 << 20
    /// After this long a batch is written as it is, so that a slow source shows progress.
    private static let longestWait = Duration.seconds(5)

    init(_ source: any FindingSource) { self.source = source }

    deinit { ahead?.cancel() }

    /// The next portion; nil after the last.
    func next() async throws -> PreparedPortion? {
        let source = source
        let reading = ahead ?? Task { try await Self.batch(of: source) }
        // Whoever does not wait any more does not want the rest either.
        let read = try await withTaskCancellationHandler {
            try await reading.value
        } onCancel: {
            reading.cancel()
        }
        guard var batch = read else { return nil }
        if let known { Self.recognise(&batch, known) }
        var portion = PreparedPortion()
        portion.rejections = batch.rejections
        portion.descriptions = batch.accounts
        portion.recognised = batch.recognised
        portion.coverage = batch.coverage
        portion.findings = batch.findings.count + batch.recognised.count
        portion.bytesRead = batch.bytesRead
        if scanner == nil, !batch.findings.isEmpty || !batch.coverage.isEmpty { scanner = await source.scanner }
        portion.scanner = scanner ?? ""
        ahead = Task { try await Self.batch(of: source) }
        for (account, findings) in Self.byAccount(batch.findings) {
            var preparer =
                preparers.removeValue(forKey: account) ?? BatchPreparer(source: portion.scanner, account: account)
            defer { preparers[account] = preparer }
            guard preparers.count < Importer.maximumAccounts else {
                throw MartletError(
                    .limit, "The source speaks of more than \(Importer.maximumAccounts) accounts; split it.")
            }
            let prepared = try preparer.prepare(findings)
            portion.rejections += prepared.rejections
            portion.batches.append((account, prepared))
        }
        return portion
    }

    /// Tells the source which statements need not be read again.
    func recognise(_ statements: KnownStatements) async {
        known = statements
        await source.recognise(statements)
    }

    /// Recognises what was read before it could be recognised.
    private static func recognise(_ batch: inout ObservationBatch, _ known: KnownStatements) {
        guard known.count > 0 else { return }
        var read: [FindingObservation] = []
        for finding in batch.findings {
            if let entry = known[finding.statement] {
                batch.recognised.append(RecognisedStatement(known: entry, observedAt: finding.observedAt))
            } else {
                read.append(finding)
            }
        }
        batch.findings = read
    }

    /// For each check of the account the text that was chosen among all statements.
    func texts(of account: AccountKey) -> [String: CheckMetadata] { preparers[account]?.texts ?? [:] }

    /// The next portion of a source, with as many of those that follow as fill a batch with it. A scanner speaks check by
    /// check, and a file of which most is recognised tells little at a time; a transaction for each would take longer than
    /// the findings.
    private static func batch(of source: any FindingSource) async throws -> ObservationBatch? {
        guard var batch = try await source.next() else { return nil }
        let start = ContinuousClock.now
        while let bytes = batch.joinableBytes, bytes < fullBytes,
            batch.findings.count + batch.rejections.count < fullFindings, batch.recognised.count < fullRecognised,
            start.duration(to: .now) < longestWait,
            let next = try await source.next()
        {
            batch.findings += next.findings
            batch.recognised += next.recognised
            batch.rejections += next.rejections
            batch.coverage += next.coverage
            batch.accounts.merge(next.accounts) { first, _ in first }
            batch.bytesRead = next.bytesRead
            batch.joinableBytes = next.joinableBytes.map { $0 + bytes }
        }
        return batch
    }

    private static func byAccount(
        _ findings: [FindingObservation]
    ) -> [(account: AccountKey, findings: [FindingObservation])] {
        guard let first = findings.first?.account else { return [] }
        if findings.allSatisfy({ $0.account == first }) { return [(first, findings)] }
        var order: [AccountKey] = []
        var parts: [AccountKey: [FindingObservation]] = [:]
        for finding in findings {
            if parts[finding.account] == nil { order.append(finding.account) }
            parts[finding.account, default: []].append(finding)
        }
        return order.map { ($0, parts[$0] ?? []) }
    }
}
