import Glibc
import MartletCore

/// Reads when something ends.
enum Expiry {
    /// The time of this machine.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Reads `30d`, `12h`, a date (its beginning in UTC) or an RFC 3339 time; throws a usage error for anything else and
    /// for what is past.
    static func read(_ text: String, now: Timestamp) throws -> Timestamp {
        guard let time = span(text, from: now) ?? Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z")
        else {
            throw MartletError(.usage, "--expires needs 2027-01-31, an RFC 3339 time, or 30d or 12h, not '\(text)'")
        }
        guard time > now else { throw MartletError(.usage, "--expires is past already: '\(text)'") }
        return time
    }

    private static func span(_ text: String, from now: Timestamp) -> Timestamp? {
        let units: [Character: Int64] = ["h": 3_600_000, "d": 86_400_000, "w": 604_800_000]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0 else {
            return nil
        }
        let (length, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow, length <= Timestamp.range.upperBound.milliseconds - now.milliseconds else { return nil }
        return Timestamp(milliseconds: now.milliseconds + length)
    }
}
