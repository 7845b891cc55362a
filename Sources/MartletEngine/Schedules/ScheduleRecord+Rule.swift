import MartletCore
import MartletStore

extension ScheduleRecord {
    /// What is stored, as a rule. Throws ``MartletError`` for what cannot be read here: the machine may lack the zone, or
    /// another version of the program may have written it.
    func rule() throws -> ScheduleRule {
        guard let missed = MissedSlotPolicy(rawValue: missed) else {
            throw MartletError(.invalidInput, "there is no policy '\(missed)'; allowed are skip and run-once")
        }
        return try ScheduleRule(
            id: id, expression: CronExpression(cron), zone: ZoneRules.named(timezone),
            jitter: Int(clamping: jitter), missed: missed, paused: pausedAt != nil)
    }

    /// The next slot after a moment; nil while it is paused and where ``rule()`` fails.
    public func nextSlot(after moment: Timestamp) -> Timestamp? {
        guard pausedAt == nil, let rule = try? rule() else { return nil }
        return rule.expression.next(after: max(moment, handled), in: rule.zone)
    }
}
