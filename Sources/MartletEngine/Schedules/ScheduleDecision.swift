import MartletCore

/// What is to be done about a schedule now. A function of its inputs alone: every worker that looks at the same moment
/// decides the same.
///
/// Every slot is decided exactly once: it is enqueued, skipped, or coalesced into one that is enqueued. Of several slots
/// that are due only the latest is enqueued. A slot is in time for ``tolerance``; later, and if no later slot is in time,
/// ``MissedSlotPolicy`` decides. While the last scan of the schedule is queued or running, slots wait
/// (``ScheduleAction/hold(first:last:)``) and are coalesced into one.
///
/// One transaction carries out ``actions`` and stores ``handled``, if what was stored is still what was read. What makes
/// a slot unique is its key in the database.
public struct ScheduleDecision: Sendable, Hashable {
    /// What is to be done, in this order.
    public let actions: [ScheduleAction]
    /// All slots until this moment are decided; the `handled` of the next look.
    public let handled: Timestamp
    /// When to look again; nil: not before the schedule changes or is resumed. Where slots wait for a running scan, its
    /// end should cause a look at once.
    public let lookAgain: Timestamp?

    /// How late a slot may be enqueued and still count as in time: 5 minutes, in milliseconds. Restarts and takeovers
    /// stay below.
    public static let tolerance: Int64 = 300_000
    /// How long slots wait for a running scan before the next look, in milliseconds.
    public static let holdInterval: Int64 = 30_000

    /// Decides.
    ///
    /// - Parameters:
    ///   - handled: what the last decision gave; at first the moment at which the schedule was made. Resuming a paused
    ///     schedule sets it to the time of the database, so that slots of the pause are not made up for.
    ///   - now: the time of the database.
    ///   - running: whether the last scan of the schedule is queued or running.
    public init(_ rule: ScheduleRule, handled: Timestamp, now: Timestamp, running: Bool) {
        let now = min(max(now, Timestamp.range.lowerBound), Timestamp.range.upperBound)
        let due = Due(rule, after: handled, notAfter: now)
        guard let due else {
            actions = []
            self.handled = handled
            lookAgain = rule.paused ? nil : rule.expression.next(after: max(handled, now), in: rule.zone)
            return
        }
        if rule.paused {
            actions = [.skip(first: due.first, last: due.latest, reason: .paused)]
            self.handled = due.latest
            lookAgain = nil
            return
        }
        if running {
            actions = [.hold(first: due.first, last: due.latest)]
            self.handled = handled
            lookAgain = Timestamp(milliseconds: now.milliseconds + Self.holdInterval)
            return
        }
        actions = due.actions(rule, inTime: now.milliseconds - due.latest.milliseconds <= Self.tolerance)
        self.handled = due.latest
        lookAgain = rule.expression.next(after: now, in: rule.zone)
    }
}

// The slots that are due.
private struct Due {
    let first: Timestamp
    let latest: Timestamp
    // The last one before `latest`; nil where there is one only.
    let beforeLatest: Timestamp?

    init?(_ rule: ScheduleRule, after start: Timestamp, notAfter end: Timestamp) {
        guard start < end, let first = rule.expression.next(after: start, in: rule.zone), first <= end,
            let latest = rule.expression.latest(after: start, notAfter: end, in: rule.zone)
        else { return nil }
        self.first = first
        self.latest = latest
        beforeLatest = rule.expression.latest(
            after: start, notAfter: Timestamp(milliseconds: latest.milliseconds - 1), in: rule.zone)
    }

    func actions(_ rule: ScheduleRule, inTime: Bool) -> [ScheduleAction] {
        guard inTime || rule.missed == .runOnce else { return [.skip(first: first, last: latest, reason: .missed)] }
        var actions: [ScheduleAction] = []
        if let beforeLatest {
            actions.append(
                rule.missed == .runOnce
                    ? .coalesce(first: first, last: beforeLatest, into: latest)
                    : .skip(first: first, last: beforeLatest, reason: .missed))
        }
        return actions + [.enqueue(slot: latest, key: rule.key(of: latest), runAt: rule.runAt(of: latest))]
    }
}
