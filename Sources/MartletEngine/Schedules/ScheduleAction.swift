import MartletCore

/// What is to be done about the slots of a schedule.
public enum ScheduleAction: Sendable, Hashable {
    /// Insert a job, unless one with this key exists.
    case enqueue(slot: Timestamp, key: String, runAt: Timestamp)
    /// The slots from `first` to `last` do not run; nothing to do but to say so.
    case skip(first: Timestamp, last: Timestamp, reason: SkipReason)
    /// The slots from `first` to `last` are made up for by the run of slot `into`; nothing to do but to say so.
    case coalesce(first: Timestamp, last: Timestamp, into: Timestamp)
    /// The slots from `first` to `last` are due, but wait for the end of the running scan. They are not decided yet.
    case hold(first: Timestamp, last: Timestamp)

    /// Why slots do not run.
    public enum SkipReason: String, Sendable, Hashable {
        /// They could not run in time, and the schedule does not make up for them.
        case missed
        /// The schedule is paused.
        case paused
    }
}
