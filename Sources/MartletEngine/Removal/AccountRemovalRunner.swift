import MartletCore
import MartletStore

/// Removes what is known of an account that has been hidden. Whatever ends it, the next attempt goes on where it was.
public struct AccountRemovalRunner: JobRunner {
    private let batchSize: Int

    /// - Parameter batchSize: Rows that one transaction removes at the most, from 1; nil for what takes some tens of
    ///   milliseconds.
    public init(batchSize: Int? = nil) { self.batchSize = max(1, batchSize ?? AccountRemover.defaultBatchSize) }

    /// Removes the account of the job.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let lease = context.job.lease
        let remover = AccountRemover(
            store: context.store, lease: lease, lifetime: context.lifetime, batchSize: batchSize)
        try await remover.run(progress: { context.report($0, "removing") }) { connection in
            try context.complete(connection)
            try context.prove(connection)
            try AccountRemoval.finish(lease.account, connection)
        }
        return .completed
    }

    /// Nothing: what is gone, nobody could see any more.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
}
