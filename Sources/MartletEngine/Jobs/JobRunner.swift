import MartletCore
import MartletStore

/// Does the jobs of one kind.
///
/// The task in which it runs is cancelled when the lease is lost, a user cancels, the worker ends or a limit is reached;
/// it should then throw soon. Every transaction that writes proves the lease at its end: after a cancelled attempt nothing
/// of it can commit, however long it goes on.
public protocol JobRunner: Sendable {
    /// Does the job. A thrown ``MartletError`` is shown to the user; of any other error only that there was one.
    func run(_ context: JobContext) async throws -> JobOutcome

    /// Removes what an unsuccessful attempt has left, in the transaction that ends it. What is not removed here must be
    /// removed by the next attempt: after a crash nobody calls this.
    func undo(_ job: ClaimedJob, _ connection: any Connection) throws
}
