import MartletCore
import MartletPolicy
import Synchronization

/// One run over a subscription: collects what the plan needs, lets checks look at it, and hands on what they say.
///
/// Two phases. First everything that must be kept as a whole is collected; then all other items stream through the checks,
/// and no more than ``permits`` of them exist at a time, whatever the subscription holds.
final class ScanRun: Sendable {
    let plan: CollectionPlan
    let checks: any ItemChecks
    let client: AzureClient
    let request: AzureScanRequest
    let sink: ObservationChannel
    let observedAt: Timestamp
    let metadata: [CheckMetadata]
    let memo = CallMemo()
    let failures = FailedCalls()
    let ledger = Mutex(CoverageLedger())
    let progress: Mutex<ScanProgress>
    let permits = Permits(64)
    let regions: Set<String>?

    init(
        plan: CollectionPlan, checks: any ItemChecks, client: AzureClient, request: AzureScanRequest,
        sink: ObservationChannel, observedAt: Timestamp
    ) {
        self.plan = plan
        self.checks = checks
        self.client = client
        self.request = request
        self.sink = sink
        self.observedAt = observedAt
        metadata = checks.needs.indices.map { checks.metadata(of: $0) }
        regions = request.regions.isEmpty ? nil : Set(request.regions)
        var start = ScanProgress()
        start.collectorsTotal = plan.collectors.count
        progress = Mutex(start)
    }

    /// What a scan of the account knows from the start.
    var scope: CollectedScope { CollectedScope(variables: request.variables) }

    /// Runs to the end. Throws ``MartletError`` when nothing can be said at all, or that it was cancelled.
    func run(_ account: ScannedAccount) async throws -> [CoverageStatement] {
        var collected = try await collectHeld()
        try Task.checkCancellation()
        let ready = checks.ready(with: answers(of: collected), account: account)
        // Checks have values of their own of what they need as a whole.
        let streamed = streamed()
        for id in collected.keys where !streamed.contains(id) { collected[id]?.entries = [] }
        let held = collected
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in streamed {
                group.addTask { try await self.stream(id, held, ready) }
            }
            try await group.waitForAll()
        }
        try Task.checkCancellation()
        return statements()
    }

    /// Collectors whose items begin to stream by themselves: those with lists of their own, and kept ones.
    private func streamed() -> [String] {
        let kept = plan.collectors.values.filter { collector in
            collector.isHeld
                && (!collector.checks.isEmpty
                    || collector.dependents.contains { plan.collectors[$0]?.isHeld == false })
        }
        return plan.roots(held: false) + kept.map(\.definition.id).sorted()
    }

    private func answers(of held: [String: HeldItems]) -> [String: CollectedAnswer] {
        let wanted = Set(plan.needs.flatMap(\.data))
        return held.filter { wanted.contains($0.key) }.mapValues { items in
            guard let failure = items.failures.first else { return .document(.array(items.entries.map(\.item))) }
            return .failed(failures.key(of: failure.failure))
        }
    }

    private func statements() -> [CoverageStatement] {
        let gaps = Set(plan.gaps.map(\.check))
        let ledger = ledger.withLock { $0 }
        var statements: [CoverageStatement] = []
        for (place, need) in plan.needs.enumerated() where !gaps.contains(need.check) {
            statements += ledger.statements(of: place, id: need.check, account: request.account, limit: regions)
        }
        for gap in plan.gaps {
            statements.append(
                CoverageStatement(
                    account: request.account, check: gap.check, state: .skipped,
                    gap: CoverageGap(message: "Not run: \(gap.reason).")))
        }
        return statements
    }
}
