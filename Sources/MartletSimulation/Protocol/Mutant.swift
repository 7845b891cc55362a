/// A deliberate defect in the protocol, made around the machines that production uses. Each must break a ``Property``; a
/// proof that does not notice it proves nothing.
public enum Mutant: String, Sendable, Hashable, CaseIterable {
    /// Transactions of work commit without a look at the fence.
    case noProof
    /// The proof reads the fence without a lock: a claim may slip in between it and the commit.
    case proofByPlainRead
    /// The token of a claim is the number of the attempt.
    case attemptNumberAsToken
    /// A retried job is claimed under the token of its last claim.
    case retryReusesToken
    /// A renewal is accepted, and the lease believed in, although it expired and somebody else took over.
    case renewalAfterExpiry
    /// The holder counts its deadline from the arrival of the answer instead of from the sending.
    case deadlineFromAnswer
    /// Expiries are written and judged by the clocks of workers.
    case workersClock
    /// A claim does not look whether the subject is held.
    case claimIgnoresLease
    /// A lost job is queued again, but the fence keeps the old token.
    case rescueWithoutNewToken
    /// A rescue waits for the transactions of a stopped holder instead of ending them.
    case rescueNeverEndsTransactions
    /// Completing a job asks neither for its token nor for a proof.
    case completeWithoutToken
    /// An attempt that failed asks neither for its job's token nor for a proof.
    case endWithoutToken
    /// Closings are committed before the publish, in a transaction of their own.
    case closingsBeforePublish
    /// Publish and the end of the job are two transactions.
    case completeAfterPublish
    /// An attempt begins on top of what an earlier one left.
    case noUndo
    /// Neither publish nor a mute takes the account's lock.
    case muteWithoutLock
    /// What an attempt reached replaces what is shown, also where it is less.
    case progressOverwritten
    /// A lost lease counts as a failed attempt.
    case lossCountsAsFailure
    /// Losses are not counted.
    case lossesUncounted
    /// A job that is handed back keeps its lease.
    case handBackKeepsLease
    /// A takeover forgets that a user wants the job to end.
    case cancelForgottenAtTakeover
    /// A publish does not ask whether the job was cancelled.
    case cancelIgnoredAtPublish
    /// Workers do not look for cancels.
    case cancelUnwatched
    /// Workers wait for notifications and do not poll.
    case noPolling
    /// The oldest job comes first, whosever it is.
    case noFairness
    /// A request is answered before its transaction is committed.
    case answerBeforeCommit
    /// The end of an attempt proves its token before it locks the job's row, progress the other way round.
    case endLocksJobLate
    /// The end of an attempt proves its token like other work, and only then keeps others from the fence.
    case endSharesFence
}
