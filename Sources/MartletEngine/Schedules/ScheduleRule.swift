import MartletCore

/// When a schedule enqueues scans.
public struct ScheduleRule: Sendable, Hashable {
    /// The schedule's identifier; the same for ever, and different from that of every other schedule of the database.
    public let id: String
    /// The slots.
    public let expression: CronExpression
    /// The zone in which ``expression`` is meant.
    public let zone: ZoneRules
    /// The longest delay of a run behind its slot, in seconds, 0 to ``maximumJitter``.
    public let jitter: Int
    /// What becomes of slots that could not run in time.
    public let missed: MissedSlotPolicy
    /// Whether nothing runs until the schedule is resumed.
    public let paused: Bool

    /// The largest jitter, a day in seconds.
    public static let maximumJitter = 86_400

    /// Makes a rule. Throws an `invalid_input` error for a jitter out of range.
    public init(
        id: String, expression: CronExpression, zone: ZoneRules, jitter: Int = 0, missed: MissedSlotPolicy = .runOnce,
        paused: Bool = false
    ) throws {
        guard 0...Self.maximumJitter ~= jitter else {
            throw MartletError(
                .invalidInput, "the jitter has \(jitter) seconds; allowed are 0 to \(Self.maximumJitter) (one day)",
                place: "jitter")
        }
        self.id = id
        self.expression = expression
        self.zone = zone
        self.jitter = jitter
        self.missed = missed
        self.paused = paused
    }

    /// The key that makes the job of a slot unique: `schedule:<id>:<slot>`.
    public func key(of slot: Timestamp) -> String { "schedule:\(id):\(slot.rfc3339)" }

    /// When the job of a slot may run: the slot and a delay below ``jitter`` that follows from ``id`` and slot, so that
    /// every worker computes the same. It stays before the next slot, so runs keep their order.
    public func runAt(of slot: Timestamp) -> Timestamp {
        let slot = min(max(slot, Timestamp.range.lowerBound), Timestamp.range.upperBound)
        let next = expression.next(after: slot, in: zone)
        let room = min(Int64(jitter) * 1000, next.map { $0.milliseconds - slot.milliseconds } ?? .max)
        guard room > 0 else { return slot }
        var hasher = ContentHasher()
        hasher.add("schedule jitter")
        hasher.add(id)
        hasher.add(slot.milliseconds)
        let delay = Int64(hasher.finish().high % UInt64(room))
        return min(Timestamp(milliseconds: slot.milliseconds + delay), Timestamp.range.upperBound)
    }
}
