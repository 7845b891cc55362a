import MartletCore
import MartletPolicy
import MartletStore

/// One run over a source: its sessions, what was rejected, and where the time went.
struct ImportRun {
    private let store: Store
    private let origin: String
    private let options: ImportOptions
    private let claimer: any LaneClaimer
    private let preparation: SourcePreparation
    private let frameworks: FrameworkReading
    /// In the order in which the source names the accounts.
    private var lanes: [ImportLane] = []
    private var laneOfAccount: [AccountKey: Int] = [:]
    private var rejected = RejectionLog()
    /// What the source says itself of its coverage; no entry for an account of which it does not.
    private var coverage: [AccountKey: CoverageLog] = [:]
    private var findings = 0
    private var bytesRead = 0
    private var parse = Duration.zero
    private let clock = ContinuousClock()
    private var known = KnownStatements(key: [])

    init(
        source: any FindingSource, store: Store, claimer: any LaneClaimer, origin: String, options: ImportOptions
    ) {
        preparation = SourcePreparation(source)
        frameworks = FrameworkReading(store)
        self.store = store
        self.origin = origin
        self.options = options
        self.claimer = claimer
    }

    /// Reads the source to its end and writes every batch. The next portion is read and prepared while one is written.
    mutating func readAll(progress: @Sendable (ImportProgress) -> Void) async throws {
        let preparation = preparation
        if options.recognisesStatements {
            let tenant = store.tenant
            known = KnownStatements(
                key: try await store.database.write { try StatementRecords.key(tenant: tenant, $0) })
            await preparation.recognise(known)
        }
        var portion = try await timed { try await preparation.next() }
        while let current = portion {
            // A transaction of a cancelled task is carried out all the same, so that work can be undone.
            try Task.checkCancellation()
            // Not a child task: after an error nobody waits for a source that may be silent for ever.
            let following = Task { try await preparation.next() }
            do {
                WorkCounters.current?.add(.rejected, Int64(current.rejections.count))
                try rejected.add(current.rejections, strict: options.strict)
                try await ingest(current)
            } catch {
                following.cancel()
                throw error
            }
            findings += current.findings
            bytesRead = current.bytesRead
            progress(ImportProgress(findings: findings, bytesRead: bytesRead))
            portion = try await timed {
                try await withTaskCancellationHandler {
                    try await following.value
                } onCancel: {
                    following.cancel()
                }
            }
        }
        if lanes.isEmpty, rejected.count > 0 {
            throw MartletError(
                .invalidInput,
                "Nothing of the source can be used (findings rejected: \(rejected.count)). "
                    + "The first: \(rejected.first?.text ?? "")", place: origin)
        }
        try Task.checkCancellation()
        progress(ImportProgress(findings: findings, bytesRead: bytesRead, publishing: true))
    }

    /// Publishes every account.
    mutating func publishAll() async throws -> [ImportReport] {
        if lanes.contains(where: { $0.session.memory.withLock { !$0.hasSeenAll } }) { frameworks.begin() }
        let catalog = try await frameworks.catalog()
        var reports: [ImportReport] = []
        for index in lanes.indices {
            let start = clock.now
            // Statements that could not be used belong to no account; the first one carries them.
            let log = index == 0 ? rejected : rejected.withoutCounts
            var details = lanes[index].details(parse: parse)
            details.rejections = log.texts
            let session = lanes[index].session
            details.gaps = coverage[session.key]?.gaps ?? []
            try await session.store.database.write { connection in
                try Leases.announce(session.lease, connection)
                try Scans.setState(.publishing, id: session.scan, tenant: session.account.tenant, connection)
                try Leases.prove(session.lease, lifetime: session.leaseMilliseconds, connection)
            }
            let publisher = Publisher(
                session: session, options: options, texts: await preparation.texts(of: session.key),
                rejected: Int64(log.count),
                rejectedChecks: rejected.checks, coverage: coverage[session.key], claimer: claimer)
            _ = try await publisher.publish(catalog: catalog, details: details, began: start)
            lanes[index].end()
            let publish = clock.now - start
            let report = try await report(lanes[index], publish: publish, rejections: log.kept)
            WorkCounters.current?.add(.publishTime, publish.milliseconds)
            WorkCounters.current?.add(report.scan.counts)
            reports.append(report)
        }
        return reports.sorted { $0.scan.account < $1.scan.account }
    }

    /// Undoes what was not published.
    mutating func failAll(_ error: MartletError) async {
        for lane in lanes where !lane.ended {
            lane.stopRenewal()
            if claimer.isOfQueue { continue }
            var details = lane.details(parse: parse)
            details.rejections = rejected.texts
            await lane.session.fail(error, details: details)
        }
    }

    private mutating func timed(
        _ body: () async throws -> PreparedPortion?
    ) async throws -> PreparedPortion? {
        let start = clock.now
        defer {
            parse += clock.now - start
            WorkCounters.current?.add(.sourceTime, (clock.now - start).milliseconds)
        }
        return try await body()
    }

    private mutating func ingest(_ portion: PreparedPortion) async throws {
        if !portion.recognised.isEmpty {
            // First: another statement of the portion about the same finding must know that it was said.
            let parts = Dictionary(grouping: portion.recognised) { Int($0.known.account) }
            for (index, statements) in parts where lanes.indices.contains(index) {
                try await lanes[index].ingest(statements)
            }
        }
        var descriptions = portion.descriptions
        for (account, batch) in portion.batches {
            guard let index = try await lane(of: account, scanner: portion.scanner) else {
                try rejected.add(foreign: account, count: batch.read, strict: options.strict)
                continue
            }
            try await lanes[index].ingest(batch, descriptions.removeValue(forKey: account))
            if lanes[index].session.memory.withLock({ $0.mayHaveChanged }) { frameworks.begin() }
        }
        for statement in portion.coverage {
            // Of an account that is not the scan's nothing is taken in.
            guard try await lane(of: statement.account, scanner: portion.scanner) != nil else { continue }
            try coverage[statement.account, default: CoverageLog()].add(statement)
        }
        for (account, description) in descriptions {
            guard let index = laneOfAccount[account] else { continue }
            try await lanes[index].session.describe(description)
        }
    }

    private mutating func lane(of account: AccountKey, scanner: String) async throws -> Int? {
        if let index = laneOfAccount[account] { return index }
        guard let claim = try await claimer.claim(account, source: scanner, origin: origin) else { return nil }
        let session = IngestSession(
            store: store, key: account, sourceName: scanner, leaseMilliseconds: options.leaseMilliseconds, claim: claim)
        // One lane is enough for the tenant.
        lanes.append(
            ImportLane(session: session, renews: !claimer.isOfQueue, rescue: lanes.isEmpty ? claimer.keeper : nil))
        laneOfAccount[account] = lanes.count - 1
        try await recognise(claim, as: lanes.count - 1)
        return lanes.count - 1
    }

    /// Lets the source recognise what the account's published findings were made of.
    private mutating func recognise(_ claim: AccountClaim, as index: Int) async throws {
        guard options.recognisesStatements, claim.counters.published > 0 else { return }
        let before = known
        let found = try await store.database.readRetrying { connection in
            var known = before
            let held = try StatementRecords.add(
                to: &known, of: claim.lease.account, source: claim.source, as: Int32(index), claim.counters, connection)
            return (known, held)
        }
        known = found.0
        lanes[index].session.memory.withLock { $0.held = found.1 }
        await preparation.recognise(known)
    }

    private func report(
        _ lane: ImportLane, publish: Duration, rejections: [Rejection]
    ) async throws -> ImportReport {
        let session = lane.session
        let (row, summary) = try await store.readRetrying { reader in
            (
                try reader.scan(session.scan),
                try reader.accounts(AccountFilter(accounts: [session.key.description])).first
            )
        }
        guard let row else { throw MartletError(.notFound, "The account was removed right after the import.") }
        return ImportReport(
            scan: row, totalSeconds: lane.elapsed.seconds, parseSeconds: parse.seconds,
            ingestSeconds: lane.ingestTime.seconds, publishSeconds: publish.seconds, statements: 0,
            peakResidentBytes: ResidentMemory.peakBytes(), summary: summary?.summary ?? PostureSummary(),
            rejections: rejections, hints: hints(row))
    }

    private func hints(_ row: ScanRow) -> [String] {
        var hints: [String] = []
        if row.counts.outside > 0, coverage[row.account] != nil {
            hints.append(
                "\(row.counts.outside) open findings stay open, because the scan could not look at what they are about."
            )
        } else if row.counts.outside > 0 {
            let option =
                rejected.count > 0
                ? "an import without rejected findings (or --scope full once they are repaired)"
                : options.scope == .observed ? "--scope matrix or --scope full" : "--scope full"
            hints.append(
                "\(row.counts.outside) open findings were not seen and lie outside this import's coverage; "
                    + "\(option) would close them.")
        }
        return hints
    }
}
