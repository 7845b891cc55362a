import MartletCore
import MartletStore

/// Writes one prepared batch in one transaction: a constant number of statements, whatever the batch holds.
///
/// It works on a copy of what the worker remembers; the caller keeps the copy's changes only after the commit.
struct BatchWriter {
    let account: AccountID
    let generation: Int64
    let source: Int64
    let connection: any Connection

    /// What a committed batch changes in the worker's memory.
    struct Changes: Sendable {
        var seenFindings: [Int64] = []
        var replacedFindings: [(id: Int64, replaced: Bool)] = []
        var seenResources: [Int64] = []
        var replacedResources: [(id: Int64, replaced: Bool)] = []
        var statedResources: [(key: ContentHash, entry: StatedResources.Entry)] = []
        var pairs: Set<CheckRegions> = []
        var names: NameCache
        var nextResource: Int64
        var duplicates: Int64 = 0
        /// Versions of findings that it opened.
        var opened = 0
    }

    /// Writes the batch.
    func write(_ batch: PreparedBatch, memory: borrowing IngestMemory) throws -> Changes {
        var changes = Changes(names: memory.names, nextResource: memory.nextResource)
        try changes.names.resolve(
            Set(batch.findings.lazy.map(\.check)), .check, tenant: account.tenant, connection)
        try changes.names.resolve(
            Set(batch.findings.lazy.map(\.regionSet)), .regionSet, tenant: account.tenant, connection)
        // Before anything is written: the database then writes resources while what happens to findings is decided.
        let decisions = try findingDecisions(batch, memory, &changes)
        let numbers = try writeResources(batch, memory, &changes)
        try writeFindings(batch, decisions, resources: numbers, &changes)
        if changes.nextResource != memory.nextResource {
            try Resources.setNextNumber(changes.nextResource, account, connection)
        }
        return changes
    }

    /// Writes the batch's resources and gives the number of each.
    private func writeResources(
        _ batch: PreparedBatch, _ memory: borrowing IngestMemory, _ changes: inout Changes
    ) throws -> [Int64] {
        var numbers = [Int64](repeating: 0, count: batch.resources.count)
        var asked: [PreparedBatch.Resource] = []
        var places: [Int] = []
        for (place, resource) in batch.resources.enumerated() {
            if let number = memory.statedResources.number(of: resource.key, content: resource.content) {
                numbers[place] = number
            } else {
                asked.append(resource)
                places.append(place)
            }
        }
        guard !asked.isEmpty else { return numbers }
        let decisions = try resourceDecisions(asked, memory, &changes)
        let needed = zip(decisions, asked).compactMap { $0.needsObservation(for: $1)?.id }
        let stored = try Resources.observations(of: needed, account, connection)
        var hasher = ContentHasher()
        var removals: [(id: Int64, resource: Int64, tags: [Tag])] = []
        var records: [ResourceRecord] = []
        for (index, resource) in asked.enumerated() {
            let decision = decisions[index]
            let outcome = decision.decide(
                resource, stored: decision.stated.flatMap { stored[$0.id] }, hasher: &hasher)
            let number = decision.number ?? changes.nextResource
            if number == changes.nextResource { changes.nextResource += 1 }
            numbers[places[index]] = number
            changes.statedResources.append(
                (resource.key, .init(number: number, content: decision.statedContent(after: outcome, of: resource))))
            if let removal = outcome.remove { removals.append(removal) }
            if let current = decision.current, let replaces = outcome.replaces {
                changes.replacedResources.append((current.id, replaces))
            }
            guard let open = outcome.open else { continue }
            records.append(
                ResourceRecord(
                    resource: number, key: resource.key, content: open.content,
                    firstSeenAt: decision.published?.firstSeenAt ?? decision.own?.firstSeenAt ?? resource.observedAt,
                    updatedAt: resource.observedAt, observation: open.observation))
        }
        try Resources.remove(removals, account, generation: generation, connection)
        try Resources.open(records, account, generation: generation, batch: memory.batches, connection)
        return numbers
    }

    private func resourceDecisions(
        _ resources: [PreparedBatch.Resource], _ memory: borrowing IngestMemory, _ changes: inout Changes
    ) throws -> [ResourceDecision] {
        var decisions = [ResourceDecision](
            repeating: ResourceDecision(published: nil, own: nil, seen: false), count: resources.count)
        let places = resources.indices.filter { memory.mayBeStored(resource: resources[$0].key) }
        try Resources.versions(of: places.map { resources[$0].key }, account, connection) { index, version in
            let place = places[index]
            if version.openedIn == generation {
                decisions[place].own = version
            } else if decisions[place].published == nil {
                decisions[place].published = version
            }
        }
        for place in decisions.indices {
            guard let current = decisions[place].current else { continue }
            decisions[place].seen = memory.seenResources.contains(current.id)
            if !decisions[place].seen { changes.seenResources.append(current.id) }
        }
        return decisions
    }

    private func findingDecisions(
        _ batch: PreparedBatch, _ memory: borrowing IngestMemory, _ changes: inout Changes
    ) throws -> [FindingDecision] {
        var decisions = [FindingDecision](
            repeating: FindingDecision(published: nil, own: nil, seen: false), count: batch.findings.count)
        let places = batch.findings.indices.filter { memory.mayBeStored(finding: batch.findings[$0].fingerprint) }
        try Findings.versions(of: places.map { batch.findings[$0].fingerprint }, account, connection) {
            index, version in
            let place = places[index]
            if version.openedIn == generation {
                decisions[place].own = version
            } else if decisions[place].published == nil {
                decisions[place].published = version
            }
        }
        for place in batch.findings.indices {
            guard let current = decisions[place].current else { continue }
            decisions[place].seen = memory.seenFindings.contains(current.id)
            if !decisions[place].seen { changes.seenFindings.append(current.id) }
        }
        return decisions
    }

    private func writeFindings(
        _ batch: PreparedBatch, _ decisions: [FindingDecision], resources: [Int64], _ changes: inout Changes
    ) throws {
        let needed = batch.findings.indices.compactMap {
            decisions[$0].needsContent(for: batch.findings[$0])?.id
        }
        let stored = try Findings.contents(of: needed, account, connection)
        var hasher = ContentHasher()
        var removals: [Int64] = []
        var records: [FindingRecord] = []
        // Fingerprints begin with the check, so most findings have the check of the one before.
        var pair = (check: "", regions: "", numbers: CheckRegions(check: -1, regions: -1))
        for place in batch.findings.indices {
            let decision = decisions[place]
            let finding = batch.findings[place]
            if finding.check != pair.check || finding.regionSet != pair.regions {
                guard let check = changes.names.number(of: finding.check, .check),
                    let regions = changes.names.number(of: finding.regionSet, .regionSet)
                else { throw MartletError(.database, "A name got no number.") }
                pair = (finding.check, finding.regionSet, CheckRegions(check: check, regions: regions))
                changes.pairs.insert(pair.numbers)
            }
            let outcome = decision.decide(
                finding, stored: decision.stated.flatMap { stored[$0.id] }, hasher: &hasher)
            if outcome.duplicate { changes.duplicates += 1 }
            if let removal = outcome.remove { removals.append(removal) }
            if let current = decision.current, let replaces = outcome.replaces {
                changes.replacedFindings.append((current.id, replaces))
            }
            guard let open = outcome.open else { continue }
            let history = decision.history(of: open.value)
            records.append(
                FindingRecord(
                    fingerprint: finding.fingerprint, source: source, check: pair.numbers.check,
                    regions: pair.numbers.regions,
                    resource: resources[finding.resource], status: open.value.status, severity: open.value.severity,
                    muted: open.value.muted, delta: history.delta, transition: history.transition,
                    everFailed: history.everFailed, firstSeenAt: history.firstSeenAt,
                    failingSince: history.failingSince, observedAt: open.value.observedAt,
                    statement: decision.stated == nil ? finding.statement : 0, content: open.content,
                    discriminator: finding.discriminator, detail: open.value.detail))
        }
        changes.opened = records.count
        try Findings.remove(removals, account, connection)
        try Findings.open(records, account, generation: generation, connection)
    }
}
