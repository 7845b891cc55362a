import MartletCore
import Synchronization

/// What the clocks of time zones show.
enum TimeZones {
    /// Rules that were read from this machine's files; there are some 600 of them at most.
    private static let known = Mutex<[String: ZoneRules]>([:])

    /// Seconds to add to UTC. A zone is an IANA name, `UTC`, or an offset such as `+02:00`, `-02:30` or `02:00`.
    static func offset(of zone: String, at moment: CELTimestamp) throws(CELFault) -> Int64 {
        if let fixed = fixedOffset(zone) { return fixed }
        return try rules(zone).offset(at: Timestamp(milliseconds: moment.seconds * 1000))
    }

    private static func fixedOffset(_ zone: String) -> Int64? {
        var reader = DigitReader(Array(zone.utf8))
        let isNegative = reader.take("-")
        if !isNegative { _ = reader.take("+") }
        guard let hours = reader.number(2), reader.take(":"), let minutes = reader.number(2), reader.isAtEnd,
            hours < 24,
            minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
    }

    private static func rules(_ zone: String) throws(CELFault) -> ZoneRules {
        if let rules = known.withLock({ $0[zone] }) { return rules }
        guard let rules = try? ZoneRules.named(zone) else {
            throw CELFault(.value, "there is no such time zone; expected a name such as Europe/Berlin or an offset")
        }
        known.withLock { $0[zone] = rules }
        return rules
    }
}
