import MartletCore
import MartletPolicy
import MartletStore

/// Publishes one scan: one transaction with a constant number of statements.
struct Publisher: Sendable {
    let session: IngestSession
    let options: ImportOptions
    let texts: [String: CheckMetadata]
    let rejected: Int64
    /// Checks of the statements that could not be used; an empty name where not even the check could be read.
    let rejectedChecks: Set<String>
    /// What the source itself says of its coverage; nil lets it be inferred from the findings.
    let coverage: CoverageLog?
    let claimer: any LaneClaimer

    /// Closes what is gone or replaced, stores coverage, computes the posture and moves `published`. After an error the
    /// account is as it was. `details` carries what was measured before and is completed; what the end of the transaction
    /// takes is in none of its times.
    func publish(
        catalog: FrameworkCatalog, details: ScanDetails, began: ContinuousClock.Instant
    ) async throws -> ScanDetails {
        try await session.store.database.write { connection in
            try self.publish(catalog: catalog, details: details, began: began, connection)
        }
    }

    private func publish(
        catalog: FrameworkCatalog, details: ScanDetails, began: ContinuousClock.Instant, _ connection: any Connection
    ) throws -> ScanDetails {
        let account = session.account
        let generation = session.generation
        let memory = session.memory.withLock { $0 }
        var details = details
        try Leases.announce(session.lease, connection)
        // Before anything is read: a change of mutes or frameworks comes whole before it or waits for its end.
        try connection.lock(.account(account))
        try requirePublishable(memory, connection)

        var scope = try coverageScope(memory, connection)
        let closings = try findClosings(memory, &scope, connection)
        details.counts = try counts(memory, closings, connection)
        let hasGaps = rejected > 0 || coverage?.hasGaps ?? false
        try Closings.close(
            findings: closings.reasons + memory.replacedFindings.map { (id: $0, reason: .replaced) },
            account, generation: generation, connection)
        try Closings.close(
            replacedResources: Array(memory.replacedResources), account, generation: generation, connection)
        try Closings.closeResources(
            ofGone: closings.reasons.map(\.id), account, generation: generation, connection)
        let coversMore = try CoverageRecords.update(
            try scope.entries(source: session.source), account, generation: generation, connection)
        let checkTexts = try statedTexts(memory, connection)
        try CheckTexts.update(
            checkTexts, source: session.source, account, generation: generation,
            connection)

        let rules = try MuteRecords.all(tenant: account.tenant, connection).map(\.rule)
        let isUnchanged = !coversMore && !details.counts.hasChanges && memory.replacedResources.isEmpty
        let posture = try PostureEvaluation(
            account: account, key: session.key, generation: generation, connection: connection
        ).run(
            rules: rules, catalog: catalog, last: isUnchanged ? try EvaluatedPosture.last(of: account, connection) : nil
        )
        details.counts.muted = posture.muted
        details.complianceRows = posture.complianceRows
        (details.resources, details.tags) = (posture.resources, posture.tags)

        details.publishMilliseconds = (ContinuousClock.now - began).milliseconds
        let now = try connection.now()
        try PostureRecords.publish(
            account, generation: generation, scan: session.scan, observedAt: memory.latest, at: now, connection)
        try Scans.complete(
            id: session.scan, tenant: account.tenant, state: hasGaps ? .completedWithGaps : .completed,
            source: session.sourceName, observedAt: memory.latest, counts: details.text,
            coverage: scope.text(unseen: closings.unreliable),
            at: now, connection)
        try claimer.published(connection)
        try Leases.prove(session.lease, lifetime: session.leaseMilliseconds, connection)
        try Leases.release(session.lease, connection)
        try Scans.number(session.scan, tenant: account.tenant, connection)
        return details
    }

    /// The text chosen for each check that was read. For a check of which statements were recognised as well, the text
    /// that holds is one of those stated.
    private func statedTexts(
        _ memory: IngestMemory, _ connection: any Connection
    ) throws -> [(check: Int64, metadata: CheckMetadata)] {
        var stated = texts.compactMap { name, metadata in
            memory.names.number(of: name, .check).map { (check: $0, metadata: metadata) }
        }
        stated.sort { $0.check < $1.check }
        let both = stated.map(\.check).filter(memory.recognisedChecks.contains)
        guard !both.isEmpty else { return stated }
        let holding = try CheckTexts.holding(of: both, source: session.source, session.account, connection)
        return stated.map { check, metadata in
            guard let held = holding[check], CheckMetadata.precedes(held, metadata) else { return (check, metadata) }
            return (check, held)
        }
    }

    private func requirePublishable(_ memory: IngestMemory, _ connection: any Connection) throws {
        let account = session.account
        guard
            try !Generations.hasStrayRows(
                account, published: session.published, own: session.generation, connection)
        else {
            throw MartletError(.database, "Rows of an unfinished scan are left; run the import again.")
        }
        if let latest = memory.latest { try Self.requireFresh(latest, session: session, options: options) }
    }

    /// Refuses a source that is older than what is published.
    static func requireFresh(_ time: Timestamp, session: IngestSession, options: ImportOptions) throws {
        guard !options.history, let published = session.publishedAt, time < published else { return }
        throw MartletError(
            .stale,
            "The source looked at \(session.key) on \(time.rfc3339), before the published scan of \(published.rfc3339); "
                + "use --history to import it all the same.")
    }

    private func coverageScope(_ memory: IngestMemory, _ connection: any Connection) throws -> CoverageScope {
        let tenant = session.account.tenant
        let setNames = try Names.all(.regionSet, tenant: tenant, connection)
        var names: Set<String> = [""]
        for name in setNames.values { names.formUnion(Names.regions(ofSet: name)) }
        let regions = try Names.numbers(of: Array(names), kind: .region, tenant: tenant, connection)
        let members = setNames.mapValues { name in
            name.isEmpty ? [regions[""] ?? 0] : Names.regions(ofSet: name).compactMap { regions[$0] }
        }
        var unreliable: Set<Int64> = []
        if !rejectedChecks.isEmpty {
            for (number, name) in try Names.all(.check, tenant: tenant, connection) where rejectedChecks.contains(name)
            {
                unreliable.insert(number)
            }
        }
        if let coverage {
            return try statedScope(coverage, members: members, unreliable: unreliable, connection)
        }
        return CoverageScope(
            options.scope, stated: memory.pairs, members: members, unreliable: unreliable,
            unreliableAtAll: rejectedChecks.contains(""), limits: try limits(connection))
    }

    /// The coverage that the source states.
    private func statedScope(
        _ log: CoverageLog, members: [Int64: [Int64]], unreliable: Set<Int64>, _ connection: any Connection
    ) throws -> CoverageScope {
        let tenant = session.account.tenant
        let checks = try Names.numbers(of: Array(log.checks), kind: .check, tenant: tenant, connection)
        let regions = try Names.numbers(of: Array(log.regions), kind: .region, tenant: tenant, connection)
        var stated = StatedCoverage(log, checks: checks, regions: regions)
        // Of regions where there is nothing any more only earlier scans know.
        try CoverageRecords.entries(session.account, generation: session.published, connection) { entry in
            if entry.source == session.source { stated.add(region: entry.region) }
        }
        return CoverageScope(
            stated, members: members, unreliable: unreliable, unreliableAtAll: rejectedChecks.contains(""))
    }

    /// What the filters of the scan let it cover.
    private func limits(_ connection: any Connection) throws -> CoverageLimits {
        let filters = options.filters
        guard !filters.isEmpty else { return CoverageLimits() }
        let tenant = session.account.tenant
        let checks = try Names.all(.check, tenant: tenant, connection)
        let held =
            filters.services.isEmpty
            ? [:] : try CheckTexts.holding(of: Array(checks.keys), source: session.source, session.account, connection)
        return CoverageLimits(filters, checks: checks, regions: try Names.all(.region, tenant: tenant, connection)) {
            (texts[$1] ?? held[$0])?.service
        }
    }

    /// What was not seen: gone where it was covered, otherwise counted as outside.
    private func findClosings(
        _ memory: IngestMemory, _ scope: inout CoverageScope, _ connection: any Connection
    ) throws -> UnseenFindings {
        // What was stated is then all that there is to cover.
        if memory.hasSeenAll { return UnseenFindings() }
        var open: [Closings.Candidate] = []
        try Closings.candidates(
            session.account, source: session.source, published: session.published, connection
        ) { candidate in
            scope.add(openCheck: candidate.check, regions: candidate.regions)
            if memory.seenFindings.contains(candidate.id) {
                // Recognised statements tell their coverage only here.
                scope.add(statedCheck: candidate.check, regions: candidate.regions)
            } else {
                open.append(candidate)
                scope.add(unseenCheck: candidate.check, severity: candidate.severity)
            }
        }
        var unseen = UnseenFindings()
        for candidate in open {
            guard scope.closes(check: candidate.check, regions: candidate.regions) else {
                let covered = scope.includes(check: candidate.check, regions: candidate.regions)
                unseen.leaveOpen(candidate.id, unreliable: covered)
                continue
            }
            unseen.reasons.append((candidate.id, .gone))
            if candidate.status == .fail { unseen.failed += 1 }
        }
        return unseen
    }

    private func counts(
        _ memory: IngestMemory, _ unseen: UnseenFindings, _ connection: any Connection
    ) throws -> ScanCounts {
        let totals = try GenerationTotals.count(session.account, generation: session.generation, connection)
        var counts = ScanCounts()
        counts.read = memory.read + rejected
        counts.rejected = rejected
        counts.duplicates = memory.duplicates
        counts.new = totals.opened[.new] ?? 0
        counts.changed = totals.opened[.changed] ?? 0
        counts.updated = totals.opened[.updated] ?? 0
        counts.returned = totals.opened[.returned] ?? 0
        counts.unchanged = Int64(memory.seenFindings.count - memory.replacedFindings.count)
        counts.gone = Int64(unseen.reasons.count)
        counts.resolved = totals.resolved + unseen.failed
        counts.reopened = totals.reopened
        counts.outside = unseen.outside
        try counts.reconcile()
        return counts
    }
}
