import MartletCore
import MartletStore

/// Looks after a tenant, as part of its tick: asks for retention once a day, for re-evaluation where a posture is not what it
/// should be, and removes ended jobs.
struct TenantCare: Sendable {
    let context: JobContext

    /// How long the tenant's own jobs stay after their end, in milliseconds: ticks for a day, others for a week.
    static func keeping(_ kind: JobKind) -> Int64 { (kind == .schedule ? 1 : 7) * 86_400_000 }
    /// Jobs that one transaction removes: some milliseconds.
    static let pruningBatch = 500
    /// Transactions that remove jobs in one look.
    static let pruningSteps = 40

    /// Does what is due.
    func run() async throws {
        let tenant = context.store.tenant
        let due = try await context.store.database.readRetrying { connection -> (now: Int64, prunes: Bool)? in
            let now = try connection.now()
            guard let state = try Upkeep.state(tenant: tenant, at: now, connection), state.lookAt <= now else {
                return nil
            }
            return (now, UpkeepDecision.prunesJobs(state, at: now))
        }
        guard let due else { return }
        let pruned = due.prunes ? try await pruneJobs(at: due.now) : nil
        let context = context
        try await context.store.database.write { connection in
            try context.announce(connection)
            let now = try connection.now()
            guard let state = try Upkeep.state(tenant: tenant, at: now, locking: true, connection) else { return }
            let decision = UpkeepDecision(state, at: now, pruned: pruned)
            try Administration.resumeRemovals(tenant: tenant, connection)
            for kind in decision.kinds { try Upkeep.request(kind, tenant: tenant, connection) }
            try Upkeep.decided(decision.state, tenant: tenant, connection)
            try context.prove(connection)
        }
    }

    /// Whether all that was to be removed has been.
    private func pruneJobs(at now: Int64) async throws -> Bool {
        let tenant = context.store.tenant
        let context = context
        var steps = 0
        for kind in JobKind.allCases where kind != .scan {
            while true {
                try Task.checkCancellation()
                guard steps < Self.pruningSteps else { return false }
                steps += 1
                let removed = try await context.store.database.write { connection in
                    try context.announce(connection)
                    let removed = try Jobs.prune(
                        kind, endedBefore: now - Self.keeping(kind), limit: Self.pruningBatch, tenant: tenant,
                        connection)
                    try context.prove(connection)
                    return removed
                }
                context.touch()
                if removed < Self.pruningBatch { break }
            }
        }
        return true
    }
}
