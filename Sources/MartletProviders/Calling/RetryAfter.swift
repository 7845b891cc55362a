import Glibc
import MartletHTTPClient

extension HTTPResponse {
    /// How long the provider wants to be left alone: `Retry-After` in seconds or as a date, or one of Azure's headers in
    /// milliseconds. Nil when it does not say.
    ///
    /// - Parameter now: Seconds since 1970.
    func retryAfter(now: Int = time(nil)) -> Duration? {
        for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
            if let value = header(name).flatMap({ Int($0) }), value >= 0 { return .milliseconds(value) }
        }
        guard let text = header("retry-after") else { return nil }
        if let seconds = Double(text), seconds >= 0, seconds < 1e9 { return .milliseconds(Int64(seconds * 1000)) }
        return Self.seconds(ofDate: text).map { .seconds(max(0, $0 - now)) }
    }

    /// Azure counts down what an identity may still read; close to nothing, a pause saves a 429.
    var isNearlyThrottled: Bool {
        let names = [
            "x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-remaining-tenant-reads",
            "x-ms-ratelimit-remaining-subscription-global-reads",
        ]
        return names.contains { header($0).flatMap { Int($0) }.map { $0 < 10 } ?? false }
    }

    /// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`; nil for other forms.
    private static func seconds(ofDate text: String) -> Int? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == ":" })
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        var date = tm()
        guard let day = Int32(parts[1]), let year = Int32(parts[3]), let hour = Int32(parts[4]),
            let minute = Int32(parts[5]), let second = Int32(parts[6]), (1970...9999).contains(year)
        else { return nil }
        date.tm_mday = day
        date.tm_mon = Int32(month)
        date.tm_year = year - 1900
        date.tm_hour = hour
        date.tm_min = minute
        date.tm_sec = second
        return timegm(&date)
    }
}
