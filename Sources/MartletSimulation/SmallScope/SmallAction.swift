/// A step of the small world. `worker` is 0 or 1.
enum SmallAction: Hashable {
    case claim(worker: Int)
    /// The next statement of the worker's transaction, or the first of its next one.
    case step(worker: Int)
    /// The same, but the worker never gets the answer.
    case unanswered(worker: Int)
    /// The source fails.
    case fail(worker: Int)
    case handBack(worker: Int)
    /// Also: its own deadline is over, and it gives up.
    case crash(worker: Int)
    /// The worker learns of a cancel.
    case seeCancel(worker: Int)
    /// The lease runs out: its holder was stopped, or its renewals were late.
    case expire(subject: Int)
    /// The connections of a holder whose lease is over are ended.
    case terminate(subject: Int)
    case rescue(job: Int)
    case rescueStep
    case cancel(job: Int)
    case mute(subject: Int)
    case muteStep
}
