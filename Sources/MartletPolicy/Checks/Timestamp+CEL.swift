import MartletCEL
import MartletCore

extension Timestamp {
    /// The moment in CEL; the nearest CEL can express where it lies outside of years 1 to 9999.
    var celValue: CELValue {
        let clamped = min(max(milliseconds, Self.range.lowerBound.milliseconds), Self.range.upperBound.milliseconds)
        let seconds = clamped >= 0 ? clamped / 1000 : (clamped - 999) / 1000
        let nanoseconds = Int32(clamped - seconds * 1000) * 1_000_000
        return CELTimestamp(seconds: seconds, nanoseconds: nanoseconds).map { .timestamp($0) } ?? .null
    }
}
