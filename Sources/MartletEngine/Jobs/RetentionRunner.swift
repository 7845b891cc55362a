import MartletCore
import MartletStore

/// Removes what a tenant's retention rule does not keep. Each step is a transaction of its own that may be the last or be
/// done twice, so there is nothing to undo.
public struct RetentionRunner: JobRunner {
    /// Works for any tenant.
    public init() {}

    /// Prunes all accounts; one that is being scanned is left to a later run.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        context.report(0, "removing")
        _ = try await Retention(store: context.store).run()
        try Task.checkCancellation()
        return .done
    }

    /// Nothing: what was removed was not readable any more.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
}
