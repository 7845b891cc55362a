import MartletCore

extension ScanRun {
    /// Collects what must be kept as a whole: lists of their own first and beside each other, then what lies below them.
    func collectHeld() async throws -> [String: HeldItems] {
        var held: [String: HeldItems] = [:]
        var next = plan.roots(held: true)
        let budget = HeldBudget(HeldItems.limit)
        while !next.isEmpty {
            let parents = held
            let found = try await withThrowingTaskGroup(of: (String, HeldItems).self) { group in
                for id in next {
                    guard let collector = plan.collectors[id] else { continue }
                    group.addTask { (id, try await self.hold(collector, below: parents, budget)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            held.merge(found) { $1 }
            next = next.flatMap { plan.collectors[$0]?.dependents ?? [] }.filter {
                plan.collectors[$0]?.isHeld == true
            }
        }
        return held
    }

    private func hold(
        _ collector: PlannedCollector, below held: [String: HeldItems], _ budget: HeldBudget
    ) async throws -> HeldItems {
        var items = HeldItems()
        let definition = collector.definition
        if collector.isLookedUp { items.texts = SpilledTexts() }
        guard let from = definition.from else {
            try await hold(collector, in: scope, region: nil, budget, &items)
            return items
        }
        let above = held[from.collector] ?? HeldItems()
        items.failures = above.failures
        // One after the other: what lies below others is seldom kept, and never much of it.
        for entry in above.entries {
            var scope = scope
            scope.parents = entry.parents
            scope.parents[from.name] = entry.item
            try await hold(collector, in: scope, region: region(below: entry, definition), budget, &items)
        }
        return items
    }

    private func hold(
        _ collector: PlannedCollector, in scope: CollectedScope, region: String?, _ budget: HeldBudget,
        _ items: inout HeldItems
    ) async throws {
        let definition = collector.definition
        let keepsTrees = !collector.isLookedUp || isNeededWhole(collector)
        var kept: [HeldItems.Entry] = []
        var distinct = collector.distinct.map { DistinctItems($0) }
        let texts = items.texts
        let failure = try await list(definition, in: scope) { page in
            for item in page {
                let text = Array(item.text.utf8)
                if let more = distinct?.add(item, bytes: text.count) {
                    guard budget.take(more) else { throw HeldBudget.Exhausted() }
                    continue
                }
                // One that does not fit is asked for by itself when it is needed.
                if let id = item["id"]?.stringValue { _ = texts?.add(text, under: id.lowercased()) }
                guard keepsTrees else { continue }
                guard budget.take(text.count) else { throw HeldBudget.Exhausted() }
                kept.append(HeldItems.Entry(item: item, parents: scope.parents))
            }
        }
        items.entries += distinct?.items.map { HeldItems.Entry(item: $0, parents: [:]) } ?? kept
        if let failure { items.failures.append((failure, region)) }
    }

    /// Whether checks look at the collector's items or need all of them, or something is listed below them.
    private func isNeededWhole(_ collector: PlannedCollector) -> Bool {
        !collector.checks.isEmpty || !collector.dependents.isEmpty
            || plan.needs.contains { $0.data.contains(collector.definition.id) }
    }

    /// Where what is listed below an item is; nil when nobody knows before it is there.
    func region(below entry: HeldItems.Entry, _ definition: CollectorDefinition) -> String? {
        guard let from = definition.from, case .path(let path, _) = definition.resource.region,
            path.keys.first == from.name
        else { return nil }
        var scope = scope
        scope.parents[from.name] = entry.item
        return Self.regionName(definition.resource.region.text(in: scope))
    }
}
