import MartletCore
import Testing

@testable import martlet

/// Widths, cuts, escapes and numbers.
struct CommandLineTextTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("😀", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2),
        ("ｗ", 2), ("…", 1), ("ñandú", 5), ("\u{200B}", 0),
    ])
    func width(_ text: String, _ expected: Int) { #expect(DisplayText.width(text) == expected, "\(text)") }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
    ])
    func cut(_ text: String, _ limit: Int, _ expected: String) {
        #expect(DisplayText.cut(text, to: limit) == expected)
        #expect(DisplayText.width(DisplayText.cut(text, to: limit)) <= limit)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[31mred", "\\u{1b}[31mred"),
        ("\u{7F}\u{9B}", "\\u{7f}\\u{9b}"),
        ("a\u{202E}b", "a\\u{202e}b"), ("\u{2028}", "\\u{2028}"), ("日本 é", "日本 é"), ("\0", "\\u{0}"),
    ])
    func safe(_ text: String, _ expected: String) { #expect(DisplayText.safe(text) == expected) }

    @Test func numbers() {
        #expect(Quantity.grouped(0) == "0")
        #expect(Quantity.grouped(999) == "999")
        #expect(Quantity.grouped(1_234_567) == "1,234,567")
        #expect(Quantity.grouped(-1000) == "-1,000")
        #expect(Quantity.grouped(Int64.min) == "-9,223,372,036,854,775,808")
        #expect(Quantity.bytes(0) == "0 B")
        #expect(Quantity.bytes(1536) == "1.5 KiB")
        #expect(Quantity.bytes(3 << 30) == "3.0 GiB")
        #expect(Quantity.bytes(5 << 40) == "5120.0 GiB")
        #expect(Quantity.decimal(0.005, 2) == "0.01")
        #expect(Quantity.decimal(-1.5, 0) == "-2")
        #expect(Quantity.decimal(99.999, 2) == "100.00")
        #expect(Quantity.decimal(7, 3) == "7.000")
        #expect(Quantity.count(1, "file") == "1 file")
        #expect(Quantity.count(2, "entry", "entries") == "2 entries")
    }

    @Test func expiry() throws {
        let now = Timestamp(milliseconds: 1_790_000_000_000)
        #expect(try Expiry.read("2h", now: now).milliseconds == now.milliseconds + 7_200_000)
        #expect(try Expiry.read("1w", now: now).milliseconds == now.milliseconds + 604_800_000)
        #expect(try Expiry.read("2027-01-31", now: now).rfc3339 == "2027-01-31T00:00:00.000Z")
        #expect(try Expiry.read("2027-01-31T12:00:00+02:00", now: now).rfc3339 == "2027-01-31T10:00:00.000Z")
        for bad in ["", "d", "0d", "-1d", "x", "2020-01-01", "9223372036854775807w", "9999999999d", "2027-13-01"] {
            #expect(throws: MartletError.self, "\(bad)") { try Expiry.read(bad, now: now) }
        }
    }

    @Test func databaseLocation() throws {
        #expect(try DatabaseLocation.url(option: "sqlite:/a/b", environment: [:]) == "sqlite:/a/b")
        #expect(try DatabaseLocation.url(option: "/a/b", environment: [:]) == "sqlite:/a/b")
        #expect(try DatabaseLocation.url(option: "x.db", environment: [:]) == "sqlite:x.db")
        #expect(
            try DatabaseLocation.url(option: nil, environment: ["MARTLET_HOME": "/m", "HOME": "/h"])
                == "sqlite:/m/martlet.db")
        let xdg = ["XDG_DATA_HOME": "/x", "HOME": "/h"]
        #expect(try DatabaseLocation.url(option: nil, environment: xdg) == "sqlite:/x/martlet/martlet.db")
        let relative = ["XDG_DATA_HOME": "x", "HOME": "/h"]
        #expect(
            try DatabaseLocation.url(option: nil, environment: relative) == "sqlite:/h/.local/share/martlet/martlet.db")
        #expect(throws: MartletError.self) { try DatabaseLocation.url(option: nil, environment: [:]) }
        #expect(try DatabaseLocation.url(option: "postgresql://h/db", environment: [:]) == "postgresql://h/db")
        #expect(try DatabaseLocation.url(option: "./a:b", environment: [:]) == "sqlite:./a:b")
    }
}
