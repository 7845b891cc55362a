import MartletCEL
import Testing

@Suite("CEL moments and spans of time")
struct TimeFunctionTests {
    static let moments: [Example] = [
        Example("timestamp('2026-01-31T23:59:59.5+01:00')", "2026-01-31T22:59:59.5Z"),
        Example("timestamp('2024-02-29T00:00:00Z')", "2024-02-29T00:00:00Z"),
        Example("timestamp('2023-02-29T00:00:00Z')", "failure value"),
        Example("timestamp('2026-01-01')", "failure value"),
        Example("timestamp('0001-01-01T00:00:00Z')", "0001-01-01T00:00:00Z"),
        Example("timestamp('0001-01-01T00:00:00+01:00')", "failure value"),
        Example("timestamp('9999-12-31T23:59:59.999999999Z')", "9999-12-31T23:59:59.999999999Z"),
        Example("timestamp('9999-12-31T23:59:59-01:00')", "failure value"),
        Example("timestamp(-62135596800)", "0001-01-01T00:00:00Z"), Example("timestamp(-62135596801)", "failure value"),
        Example("timestamp(253402300800)", "failure value"),
        Example("timestamp('2026-01-01T00:00:00.1234567890Z')", "failure value"),
        Example("timestamp('2026-01-01T24:00:00Z')", "failure value"),
        Example("timestamp('9999-12-31T23:59:59Z') + duration('1s')", "failure value"),
        Example("timestamp(0) - duration('-1ns')", "1970-01-01T00:00:00.000000001Z"),
        Example("timestamp('9999-12-31T00:00:00Z') - timestamp('0001-01-01T00:00:00Z')", "failure value"),
        Example("timestamp('2026-01-31T23:59:58.125Z').getFullYear('America/New_York')", "2026"),
        Example("timestamp('2026-07-01T00:00:00Z').getHours('Europe/Berlin')", "2"),
        Example("timestamp('2026-01-01T00:00:00Z').getHours('Europe/Berlin')", "1"),
        Example("timestamp('2026-01-01T00:00:00Z').getDayOfMonth('-00:30')", "30"),
        Example("timestamp(0).getHours('Europe/Nowhere')", "failure value"),
        Example("timestamp(0).getHours('../../etc/passwd')", "failure value"),
        Example("timestamp(0).getHours('02:00')", "2"),
        Example("timestamp(0).getDayOfWeek()", "4"), Example("timestamp('2026-03-01T00:00:00Z').getDayOfYear()", "59"),
        Example("timestamp('2026-03-01T00:00:00.987Z').getMilliseconds()", "987"),
        Example("timestamp('2026-03-02T00:00:00Z').getDate()", "2"),
        Example("timestamp('2026-03-02T00:00:00Z').getMonth()", "2"),
        Example("timestamp('2026-03-02T01:02:03Z').getMinutes()", "2"),
    ]

    @Test(arguments: moments)
    func tellsMoments(example: Example) { example.check() }

    static let spans: [Example] = [
        Example("duration('1h30m')", "5400s"), Example("duration('-1.5s')", "-1.5s"),
        Example("duration('1us')", "0.000001s"), Example("duration('0')", "0s"),
        Example("duration('')", "failure value"), Example("duration('1')", "failure value"),
        Example("duration('1x')", "failure value"), Example("duration('1h-1m')", "failure value"),
        Example("duration('-')", "failure value"), Example("duration('.s')", "failure value"),
        Example("duration('2562047h')", "9223369200s"),
        Example("duration('2562048h')", "failure value"),
        Example("duration('200000h') + duration('2500000h')", "failure value"),
        Example("duration('3730s').getMinutes()", "62"), Example("duration('1.5s').getMilliseconds()", "500"),
        Example("duration('90m').getHours()", "1"),
        Example("duration('1h').getFullYear()", "error type"),
        Example("dyn(duration('1h')).getFullYear()", "failure type"),
    ]

    @Test(arguments: spans)
    func tellsSpans(example: Example) { example.check() }

    static let days: [Example] = [
        Example("daysSince('2026-01-01T00:00:00Z')", "30"),
        Example("daysSince(timestamp('2026-01-30T12:00:00Z'))", "1"), Example("daysSince('2026-01-30T12:00:01Z')", "0"),
        Example("daysSince('2026-01-31T12:00:00.5Z')", "-1"), Example("daysUntil('2026-02-02T12:00:00Z')", "2"),
        Example("daysUntil('2026-01-30T12:00:00Z')", "-1"),
        Example("daysSince('2026-01-01T00:00:00Z', timestamp('2026-01-03T00:00:00Z'))", "2"),
        Example("daysSince('x')", "failure value line 1, column 1"),
        Example("daysSince(dyn(1.5))", "failure type"),
    ]

    @Test(arguments: days)
    func countsDays(example: Example) throws {
        example.check(["now": .timestamp(try #require(CELTimestamp("2026-01-31T12:00:00Z")))])
    }

    @Test("without the variable now, daysSince needs two arguments")
    func withoutNow() { Example("daysSince('2026-01-01T00:00:00Z')", "error type").check() }
}
