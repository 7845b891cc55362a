import MartletCore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("CronExpression: what is refused")
struct CronErrorTests {
    private static func error(_ text: String) -> MartletError? {
        do {
            _ = try CronExpression(text)
            return nil
        } catch { return error as? MartletError }
    }

    @Test(
        "the error names the field, what was found and what is allowed",
        arguments: [
            ("60 * * * *", "field 'minute': '60' is outside the range; allowed are 0-59, *"),
            ("-1 * * * *", "field 'minute': '-1' is not a value"),
            ("* 24 * * *", "field 'hour': '24' is outside the range; allowed are 0-23"),
            ("* * 0 * *", "field 'day of month': '0' is outside the range; allowed are 1-31, *, ?"),
            ("* * 32 * *", "field 'day of month': '32' is outside"),
            ("* * * 13 *", "field 'month': '13' is outside the range; allowed are 1-12, JAN-DEC"),
            ("* * * MAI *", "field 'month': 'MAI' is not a value"),
            (
                "* * * * 8",
                "field 'day of week': '8' is outside the range; allowed are 0-7 (0 and 7 are Sunday), SUN-SAT"
            ),
            ("* * * * 5L", "'5L' is not a value"),
            ("* ? * * *", "field 'hour': '?' is not a value"),
            ("* * ?/2 * *", "field 'day of month': '?/2'"),
            ("1, * * * *", "field 'minute': '' is not a value"),
            ("5-1 * * * *", "field 'minute': '5-1' is a range that goes down"),
            ("1-2-3 * * * *", "field 'minute': '1-2-3' is not a value"),
            ("5/10 * * * *", "'5/10' has a step without a range; write 5-59/10"),
            ("*/0 * * * *", "'*/0' has the step '0', which must be 1 to 60"),
            ("*/90 * * * *", "has the step '90', which must be 1 to 60"),
            ("*/ * * * *", "has the step ''"),
            ("99999999999999999999 * * * *", "is not a value"),
            ("", "it has 0 fields, but needs 5: minute, hour, day of month, month, day of week"),
            ("0 0 * * * *", "it has 6 fields, but needs 5"),
            ("CRON_TZ=UTC 0 0 * * *", "the time zone is an option of its own"),
            ("@reboot", "short form '@reboot'; allowed are @daily, @hourly, @monthly, @weekly, @yearly"),
            ("0 0 30 2 *", "never comes: none of its months has day '30'"),
            ("0 0 31 2,4,6,9,11 ?", "never comes: none of its months has day '31'"),
            ("0 0 \u{1B}[31m * *", "'?[31m' is not a value"),
        ])
    func table(text: String, expected: String) {
        let error = Self.error(text)
        #expect(error?.code == .invalidInput)
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "no error")")
    }

    @Test(
        "what looks rare but comes is accepted",
        arguments: ["0 0 30 2 MON", "0 0 29 2 */7", "0 0 31 1-2 *", "0 0 29 2 ?"])
    func rare(text: String) throws {
        let start = try #require(Timestamp(rfc3339: "2072-03-01T00:00:00Z"))
        #expect(try CronExpression(text).next(after: start, in: .utc) != nil)
    }

    @Test("29 February on each weekday comes within 40 years, over 2100 too")
    func rarest() throws {
        let start = try #require(Timestamp(rfc3339: "2072-03-01T00:00:00Z"))
        var found: Set<String> = []
        for weekday in 0...6 {
            // A field that begins with `*` must match too.
            let days = "*/7,\(weekday)"
            let expression = try CronExpression("0 0 29 2 \(days)")
            var next = start
            for _ in 0..<20 {
                next = try #require(expression.next(after: next, in: .utc))
                #expect(next.rfc3339.contains("-02-29T00:00:00.000Z"))
                found.insert(next.rfc3339)
            }
        }
        #expect(!found.contains { $0.hasPrefix("2100") })
        #expect(try CronExpression("0 0 29 2 *").next(after: start, in: .utc)?.rfc3339.prefix(4) == "2076")
    }

    @Test("nothing that is thrown at it crashes, hangs or gives a slot that is not later")
    func hostile() throws {
        var random = SplitMix(seed: 11)
        let alphabet = Array("0123456789*/,-? @JANSUNmonL#W=\t\u{0}é".unicodeScalars)
        var accepted = 0
        for round in 0..<4000 {
            var text = ""
            let count = Int.random(in: 0...24, using: &random)
            if round % 3 == 0 {
                text = String(
                    decoding: (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, as: UTF8.self)
            } else if round % 3 == 1 {
                for _ in 0..<count { text.unicodeScalars.append(random.pick(alphabet)) }
            } else {
                let parts = ["*", "1", "*/5", "2-4", "7", "0", "MON", "?", "31", "1,2", "3-20/4"]
                text = (0..<5).map { _ in random.pick(parts) }.joined(separator: " ")
            }
            do {
                let expression = try CronExpression(text)
                accepted += 1
                let start = Timestamp(milliseconds: Int64.random(in: 0...4_102_444_800_000, using: &random))
                let next = try #require(expression.next(after: start, in: .utc))
                #expect(next > start)
                #expect(try CronExpression(expression.text).text == expression.text)
            } catch let error as MartletError {
                #expect(error.message.utf8.count < 400)
                #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 })
            }
        }
        #expect(accepted > 100)
        #expect(Self.error(String(repeating: "1,", count: 1_000_000))?.message.contains("512 bytes") == true)
        #expect(Self.error(String(repeating: "é", count: 250))?.message.utf8.count ?? 0 < 400)
    }

    @Test("moments at the ends of what can be said")
    func extremes() throws {
        for text in ["* * * * *", "0 3 * * *", "0 0 29 2 *"] {
            let expression = try CronExpression(text)
            let zone = try ZoneRules.named("Europe/Berlin")
            #expect(expression.next(after: Timestamp(milliseconds: .max), in: zone) == nil)
            #expect(expression.next(after: Timestamp.range.upperBound, in: zone) == nil)
            #expect(expression.next(after: Timestamp(milliseconds: .min), in: zone) != nil)
            let all = expression.latest(
                after: Timestamp(milliseconds: .min), notAfter: Timestamp(milliseconds: .max), in: zone)
            #expect(all?.rfc3339.hasPrefix("999") == true)
        }
    }
}
