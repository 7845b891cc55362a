import MartletCore
import MartletStore

extension WorkerPool {
    /// Looks for tenants with due schedules, or that are to be looked after, and asks for one tick of each. However many
    /// pools look, a tenant has one tick at a time.
    func upkeepLoop() async {
        // A pool that does no ticks leaves asking for them to those that do.
        guard runners[.schedule] != nil else { return }
        var failures: Int64 = 0
        while !Task.isCancelled, !isStopping {
            do {
                try await requestTicks()
                failures = 0
            } catch {
                failures += 1
                if !Task.isCancelled { log(nil, "the look for due schedules failed: \(error)") }
            }
            let pause = min(settings.upkeep * (1 + failures), max(settings.upkeep, 10_000))
            try? await Task.sleep(for: .milliseconds(pause))
        }
    }

    /// What may be claimed now; nil where nothing may.
    ///
    /// One tick does not count: workers that are full with long scans would miss the slots of schedules. And ticks are for
    /// every pool that does them, whatever its queues.
    func claimRequest() -> ClaimRequest? {
        let doesTicks = runners[.schedule] != nil
        let hasTick = running.values.contains { $0.context.job.kind == .schedule }
        let free = settings.concurrency - running.count + (hasTick ? 1 : 0)
        var request = ClaimRequest(
            worker: worker, queues: settings.queues, limit: free, lifetime: settings.timing.lifetime)
        if doesTicks, !settings.queues.isEmpty { request.queues.append(Upkeep.tickQueue) }
        if free > 0 { return request }
        guard doesTicks, !hasTick else { return nil }
        request.queues = [Upkeep.tickQueue]
        request.limit = 1
        return request
    }

    /// One statement where nothing is due.
    func requestTicks() async throws {
        let tenants = try await control.read { try Upkeep.dueTenants($0) }
        guard !tenants.isEmpty else { return }
        try await control.write { connection in
            // In one order, so that two pools never wait for each other.
            for tenant in tenants.sorted() { try Upkeep.requestTick(tenant: tenant, connection) }
        }
        await wakeUp.signal()
    }
}
