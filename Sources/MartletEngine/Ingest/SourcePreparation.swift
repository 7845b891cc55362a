import MartletCore

/// Reads a source and prepares what it says, beside the database's work on the portion before.
actor SourcePreparation {
    private let source: any FindingSource
    private var preparers: [AccountKey: BatchPreparer] = [:]
    private var scanner: String?
    /// The batch that is being read while the one before is prepared.
    private var ahead: Task<ObservationBatch?, any Error>?

    init(_ source: any FindingSource) { self.source = source }

    deinit { ahead?.cancel() }

    /// The next portion; nil after the last.
    func next() async throws -> PreparedPortion? {
        let source = source
        guard let batch = try await (ahead ?? Task { try await source.next() }).value else { return nil }
        var portion = PreparedPortion()
        portion.rejections = batch.rejections
        portion.descriptions = batch.accounts
        portion.recognised = batch.recognised
        portion.findings = batch.findings.count + batch.recognised.count
        portion.bytesRead = batch.bytesRead
        if scanner == nil, !batch.findings.isEmpty { scanner = await source.scanner }
        portion.scanner = scanner ?? ""
        ahead = Task { try await source.next() }
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
    func recognise(_ statements: KnownStatements) async { await source.recognise(statements) }

    /// For each check of the account the text that was chosen among all statements.
    func texts(of account: AccountKey) -> [String: CheckMetadata] { preparers[account]?.texts ?? [:] }

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
