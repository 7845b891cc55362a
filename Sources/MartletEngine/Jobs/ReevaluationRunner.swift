import MartletCore
import MartletStore

/// Recomputes the postures that a change of mutes or frameworks has not reached, and those that an expired mute still
/// covers. Each account is one transaction and stays pending until then, so there is nothing to undo.
public struct ReevaluationRunner: JobRunner {
    /// How often one job looks again because of changes that were made meanwhile.
    static let maximumRounds = 100

    /// Works for any tenant.
    public init() {}

    /// Finishes what is pending.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        context.report(0, "evaluating")
        let tenant = context.store.tenant
        var round = 0
        while true {
            round += 1
            try Task.checkCancellation()
            let begun = try await context.store.database.readRetrying { try $0.now() }
            try await Administration(store: context.store).finishPending()
            let isLast = round >= Self.maximumRounds
            let isDone = try await context.store.database.write { connection in
                try context.announce(connection)
                // Whoever has made a change meanwhile was told that this job brings it to the postures.
                try PostureRecords.lockPending(tenant: tenant, connection)
                // What does not end in so many rounds, the tenant's upkeep asks for again.
                let isDone = try isLast || PostureRecords.pendingCount(tenant: tenant, connection) == 0
                try Upkeep.mutesEnded(until: begun, tenant: tenant, connection)
                if isDone { try context.complete(connection) }
                try context.prove(connection)
                return isDone
            }
            if isDone { return .completed }
        }
    }

    /// Nothing: a posture is evaluated as a whole or not at all.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
}
