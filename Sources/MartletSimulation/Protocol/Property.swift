/// What the queue promises. Each is checked by name; ``isLiveness`` tells what must happen from what must never happen.
public enum Property: String, Sendable, Hashable, CaseIterable {
    // MARK: Safety

    /// All rows that a publish makes visible were written by the attempt that publishes.
    case oneAttemptPerPublish
    /// After a publish exactly what the source says holds: nothing of it is missing, nothing else is left.
    case publishedIsWhole
    /// No finding holds twice in what is published.
    case findingsNotDoubled
    /// Nothing is closed before the publish of the generation that closes it.
    case closingsOnlyWithPublish
    /// Each published posture knows all mutes that are committed.
    case muteNotLost
    /// No transaction of work commits after its token has left the fence.
    case retiredTokenCommitsNothing
    /// The tokens of a job's claims strictly increase, over retries, too.
    case tokensIncrease
    /// While a worker's transaction commits, no other worker that is awake believes in an older lease on the same
    /// subject, but for what a clock that is one percent slow allows.
    case noSecondBeliever
    /// At most one job of a subject runs.
    case oneRunningPerSubject
    /// A lease stands only beside the running job whose token it carries.
    case leaseOnlyWhileRunning
    /// A job's state changes only as its machine allows; failed and cancelled jobs only by a user's retry.
    case legalTransitions
    /// A completed job never becomes anything else.
    case completedIsFinal
    /// A publish and the end of its job are committed together, hence once.
    case publishCompletesTheJob
    /// After a cancel is committed, nothing of the job is published before a user retries it.
    case cancelledPublishesNothing
    /// The progress that is shown never falls before a user retries the job.
    case progressNeverFalls
    /// A job is not tried after as many failures, or as many losses, as allowed.
    case boundedTries
    /// A job is given up only after a permanent error, or as many failures, or as many losses, as allowed.
    case noEarlyFailure
    /// A job that was accepted is in the database.
    case acceptedJobsExist
    /// Transactions never wait for each other in a circle.
    case noDeadlock

    // MARK: Liveness

    /// Once faults stop, every job ends within a bounded time.
    case everyJobEnds
    /// From the death or stop of a worker, or the return of the database, to the next attempt at most 10 s pass.
    case takeoverInTime
    /// Where nothing is faulty, a running job that is cancelled has ended within 2 s.
    case cancelInTime
    /// A tenant's only job waits for at most one job of another tenant for each worker.
    case fairTurn
    /// A lost notification costs at most a second.
    case wakeUpInTime

    /// Whether it says that something happens in time; the others say that something never happens.
    public var isLiveness: Bool {
        switch self {
        case .everyJobEnds, .takeoverInTime, .cancelInTime, .fairTurn, .wakeUpInTime: true
        default: false
        }
    }
}
