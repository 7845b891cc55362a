import MartletCore
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01 00:00:00", 0), ("1969-12-31T23:59:59.999z", -1),
        ("2000-02-29T12:00:00.5+02:00", 951_818_400_500), ("2026-11-20T07:59:45.577033", 1_795_161_585_577),
        ("2026-11-20t07:59:45,57-0130", 1_795_166_985_570), ("2026-11-20T07:59:45+01", 1_795_157_985_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ])
    func reads(text: String, milliseconds: Int64) throws {
        let time = try #require(Timestamp(rfc3339: text))
        #expect(time.milliseconds == milliseconds)
        #expect(Timestamp(rfc3339: time.rfc3339) == time)
    }

    @Test(arguments: [
        "", "2026", "2026-11-20", "2026-11-20T07:59", "2026-13-01T00:00:00", "2026-00-01T00:00:00",
        "2026-02-29T00:00:00",
        "1900-02-29T00:00:00", "2026-04-31T00:00:00", "2026-01-00T00:00:00", "2026-01-01T24:00:00",
        "2026-01-01T00:60:00",
        "2026-01-01T00:00:61", "2026-01-01T00:00:00.", "2026-01-01T00:00:00+", "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00Zx", "2026-01-01X00:00:00", "0000-12-31T00:00:00", "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01", " 2026-01-01T00:00:00", "2026-1-1T00:00:00", "+026-01-01T00:00:00",
    ])
    func refuses(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

    @Test func everyDayOfFourCenturiesReadsBack() {
        var previous = ""
        for day in -146_097 / 2...146_097 / 2 {
            let time = Timestamp(milliseconds: Int64(day) * 86_400_000 + Int64(day & 0xFFFFF))
            let text = time.rfc3339
            #expect(Timestamp(rfc3339: text) == time)
            if day > -146_097 / 2 { #expect(previous < text) }
            previous = text
        }
    }

    @Test func timesOutsideTheRangeAreShownAsItsEnds() {
        #expect(Timestamp(milliseconds: .max).rfc3339 == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).rfc3339 == "0001-01-01T00:00:00.000Z")
    }
}
