import MartletCore
import MartletStore

/// Removes a tenant that has been marked, with everything it has, its jobs and this one included. Whatever ends it, the
/// next attempt goes on where it was.
public struct TenantRemovalRunner: JobRunner {
    private let batchSize: Int

    /// - Parameter batchSize: Rows that one transaction removes at the most, from 1; nil for what takes some tens of
    ///   milliseconds.
    public init(batchSize: Int? = nil) { self.batchSize = max(1, batchSize ?? AccountRemover.defaultBatchSize) }

    /// Removes the job's tenant. Throws ``MartletError`` (`usage`) for one that nobody wanted to be removed.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let tenant = context.store.tenant
        guard try await context.store.database.readRetrying({ try TenantRemoval.isMarked(tenant, $0) }) else {
            throw MartletError(.usage, "Nobody has asked for the removal of this tenant.")
        }
        let lease = context.job.lease
        while true {
            let tables = TenantRemoval.tables
            for (place, table) in tables.enumerated() {
                context.report(place * 990 / tables.count, "removing")
                try await empty(table, context)
                if table == "jobs" {
                    // No job is left that could be claimed: what is claimed now is the last.
                    try await context.store.database.write { connection in
                        try context.announce(connection)
                        try TenantRemoval.endWork(but: lease, connection)
                        try context.prove(connection)
                    }
                }
            }
            try await empty("fences", context)
            let isDone = try await context.store.database.write { connection in
                try context.announce(connection)
                guard try TenantRemoval.isDone(but: lease, connection) else { return false }
                try context.prove(connection)
                try TenantRemoval.finish(lease, connection)
                return true
            }
            // Where somebody has added something meanwhile, it is looked through once more.
            if isDone { return .completed }
        }
    }

    private func empty(_ table: String, _ context: JobContext) async throws {
        let (lease, limit) = (context.job.lease, batchSize)
        while true {
            try Task.checkCancellation()
            let removed = try await context.store.database.write { connection in
                try context.announce(connection)
                let removed = try TenantRemoval.removeBatch(of: table, but: lease, limit: limit, connection)
                try context.prove(connection)
                return removed
            }
            context.touch()
            if removed < limit { return }
        }
    }

    /// Nothing: a tenant that is being removed stays so.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
}
