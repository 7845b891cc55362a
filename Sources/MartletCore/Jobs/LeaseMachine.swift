/// A worker's own view of a lease, in milliseconds of a monotonic clock of its own. Pure.
///
/// The lease is held until the moment at which the last *successful* renewal was sent, plus the lifetime: the database
/// counts from a later moment, so the holder never believes longer than the database does. A lease that was lost once
/// stays lost, whatever answers come later.
public struct LeaseMachine: Sendable, Hashable {
    /// How the lease is kept.
    public let timing: LeaseTiming
    /// From this moment on the lease counts as lost.
    public private(set) var deadline: Int64
    /// The holder has learned, or must assume, that someone else may hold it.
    public private(set) var isLost = false
    private var lastSent: Int64
    /// When the renewal was sent whose answer is awaited.
    private var awaited: Int64?

    /// A lease from a claim that was sent at `sentAt` and succeeded.
    public init(claimSentAt sentAt: Int64, timing: LeaseTiming) {
        self.timing = timing
        deadline = sentAt + timing.lifetime
        lastSent = sentAt
    }

    /// What to do at a moment. The moments handed in never decrease.
    public mutating func step(at now: Int64) -> LeaseStep {
        guard !isLost, now < deadline else {
            isLost = true
            return .stop
        }
        // The next one is sent only after an answer, but never later than the deadline is looked at.
        if awaited != nil { return .wait(until: deadline) }
        let due = lastSent + timing.renewal
        return now >= due ? .renew : .wait(until: min(due, deadline))
    }

    /// A renewal is being sent. Called just before, never after.
    public mutating func sent(at now: Int64) {
        lastSent = now
        awaited = now
    }

    /// The answer to the renewal that was sent at `sentAt`, received at `now`.
    public mutating func answered(_ answer: LeaseAnswer, sentAt: Int64, at now: Int64) {
        if awaited == sentAt { awaited = nil }
        if now >= deadline { isLost = true }
        guard !isLost else { return }
        switch answer {
        case .renewed: deadline = max(deadline, sentAt + timing.lifetime)
        case .lost: isLost = true
        case .unknown: break
        }
    }
}
