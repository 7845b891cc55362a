import MartletCore
import MartletPolicy

extension ScanRun {
    /// Lets a collector's items, and all that lies below them, through the checks.
    func stream(_ id: String, _ held: [String: HeldItems], _ ready: any ReadyChecks) async throws {
        guard let collector = plan.collectors[id] else { return }
        try await withThrowingDiscardingTaskGroup { group in
            // No more items than permits are taken out of their lists; the next page is fetched when the last one's items
            // have begun.
            func begin(_ item: JSONValue, _ parents: [String: JSONValue]) async throws {
                await permits.take()
                group.addTask {
                    do {
                        try await self.look(at: item, parents, collector, held, ready)
                        await self.permits.giveBack()
                    } catch {
                        await self.permits.giveBack()
                        throw error
                    }
                }
            }
            if let kept = held[id], collector.isHeld {
                for entry in kept.entries { try await begin(entry.item, entry.parents) }
                for failure in kept.failures { fail(collector, failure.failure, in: failure.region) }
            } else {
                let failure = try await list(collector.definition, in: scope) { page in
                    for item in page { try await begin(item, [:]) }
                }
                if let failure { fail(collector, failure, in: home(of: collector.definition)) }
            }
        }
        progress.withLock { $0.collectors += 1 }
    }

    /// Lets one item through the checks, and lists what lies below it.
    private func look(
        at item: JSONValue, _ parents: [String: JSONValue], _ collector: PlannedCollector,
        _ held: [String: HeldItems], _ ready: any ReadyChecks
    ) async throws {
        try Task.checkCancellation()
        var scope = scope
        scope.item = item
        scope.parents = parents
        let definition = collector.definition
        let region = Self.regionName(definition.resource.region.text(in: scope))
        if !collector.checks.isEmpty, regions?.contains(region) ?? true {
            guard let host = AzureHost(rawValue: definition.host) else { return }
            var collected = CollectedItem(item)
            collected.parents = parents
            collected.children = try await children(collector.children, of: scope, host: host, held)
            let resource = Self.resource(of: definition, in: scope, collected.children, region: region)
            try await tell(ready.evaluate(collector.checks, on: collected), collector, resource, region)
            failures.release(collected.children.values.flatMap(\.failedCalls))
            progress.withLock { $0.items += 1 }
        }
        for id in collector.dependents {
            guard let below = plan.collectors[id], !below.isHeld else { continue }
            try await descend(to: below, from: HeldItems.Entry(item: item, parents: parents), held, ready)
        }
    }

    private func descend(
        to collector: PlannedCollector, from entry: HeldItems.Entry, _ held: [String: HeldItems],
        _ ready: any ReadyChecks
    ) async throws {
        guard let from = collector.definition.from else { return }
        var scope = scope
        scope.parents = entry.parents
        scope.parents[from.name] = entry.item
        let parents = scope.parents
        let failure = try await list(collector.definition, in: scope) { page in
            for item in page { try await self.look(at: item, parents, collector, held, ready) }
        }
        if let failure { fail(collector, failure, in: region(below: entry, collector.definition)) }
    }

    /// Notes that a collector's items, and all that lies below them, could not all be looked at.
    private func fail(_ collector: PlannedCollector, _ failure: CallFailure, in region: String?) {
        ledger.withLock { ledger in
            for check in collector.checks { ledger.failed(check, in: region, failure.state, failure.gap) }
        }
        for id in collector.dependents {
            guard let below = plan.collectors[id] else { continue }
            fail(below, failure, in: region)
        }
    }

    /// Where all items of a collector are; nil when they may be anywhere.
    private func home(of definition: CollectorDefinition) -> String? {
        definition.host == AzureHost.graph.rawValue || definition.host == AzureHost.devops.rawValue
            ? CoverageLedger.global : nil
    }
}
