import MartletTestSupport
import Testing

@testable import MartletCore
@testable import MartletEngine

@Suite("ZoneRules")
struct ZoneRulesTests {
    private static func error(_ file: TZifFile) -> String? { error(file.bytes) }

    private static func error(_ bytes: [UInt8]) -> String? {
        do {
            _ = try ZoneRules(name: "Test", tzif: bytes)
            return nil
        } catch { return (error as? MartletError)?.description }
    }

    @Test("a file: before, between and after its changes")
    func reading() throws {
        let zone = try ZoneRules(name: "Test", tzif: TZifFile(footer: "").bytes)
        let offsets = [Int64.min, 0, 999_999, 1_000_000, 1_999_999, 2_000_000, .max].map { zone.span(at: $0).offset }
        #expect(offsets == [3600, 3600, 3600, 7200, 7200, 3600, 3600])
        #expect(zone.offset(at: Timestamp(milliseconds: .min)) == 3600)
        #expect(zone.offset(at: Timestamp(milliseconds: 1_999_999_999)) == 7200)
    }

    @Test("the readings of 2021 to 2024 of the machine's zones", arguments: NaiveClock.all)
    func readings(clock: NaiveClock) throws {
        let zone = try ZoneRules.named(clock.name)
        for (minute, reading) in clock.readings.enumerated() where minute % 10 == 0 {
            let span = zone.span(at: Int64(minute + NaiveClock.epoch) * 60)
            guard span.offset == Int64(reading - minute) * 60 else {
                Issue.record("\(clock.name): minute \(minute)")
                return
            }
        }
    }

    @Test("damaged files are refused with the package to reinstall")
    func damaged() {
        let cases: [(TZifFile, String)] = [
            (TZifFile(version: 0), "version 1"),
            (TZifFile(changes: [5, 5]), "not in order"),
            (TZifFile(changes: [5, 4]), "not in order"),
            (TZifFile(types: [1, 2]), "no type"),
            (TZifFile(types: [0, 0], offsets: []), "counts"),
            (TZifFile(offsets: [3600, 200_000]), "out of range"),
            (TZifFile(offsets: [3600, .min]), "out of range"),
            (TZifFile(footer: "CET-1CEST"), "footer"),
            (TZifFile(footer: "CET-1CEST,M13.5.0,M10.5.0/3"), "footer"),
            (TZifFile(claimedChanges: .max), "counts"),
            (TZifFile(claimedChanges: -1), "counts"),
            (TZifFile(claimedChanges: 1999), "breaks off"),
        ]
        for (file, expected) in cases {
            let error = Self.error(file)
            #expect(error?.contains(expected) == true, "\(expected): \(error ?? "accepted")")
            #expect(error?.contains("Debian package tzdata") == true)
        }
        #expect(Self.error(TZifFile(leapSeconds: 1))?.contains("leap seconds") == true)
        #expect(Self.error([])?.contains("no TZif file") == true)
        #expect(Self.error([UInt8](repeating: 0x54, count: 70_000))?.contains("too large") == true)
    }

    @Test("any cut and any changed byte is read or refused, and then searched in bounded time")
    func corrupt() throws {
        let whole = TZifFile().bytes
        for count in 0..<whole.count { #expect(Self.error(Array(whole[..<count])) != nil, "cut at \(count)") }
        let expressions = try ["30 2 * * *", "*/7 * * * *", "0 0 29 2 *"].map { try CronExpression($0) }
        var random = SplitMix(seed: 3)
        for _ in 0..<1500 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let zone = try? ZoneRules(name: "Test", tzif: bytes) else { continue }
            for expression in expressions {
                let start = Timestamp(milliseconds: Int64.random(in: 0...4_102_444_800_000, using: &random))
                let next = try #require(expression.next(after: start, in: zone))
                #expect(next > start)
            }
        }
    }

    @Test(
        "footers of every form",
        arguments: [
            // The offset on 2025-01-15, 2025-07-15 and 2025-12-31T23:30Z, in minutes.
            ("UTC0", [0, 0, 0]), ("<+0545>-5:45", [345, 345, 345]),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", [-120, -60, -120]),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", [660, 600, 660]), ("IST-1GMT0,M10.5.0,M3.5.0/1", [0, 60, 0]),
            ("EET-2EEST,J60,J300/167", [120, 180, 120]), ("EET-2EEST,59/-24,299", [120, 180, 120]),
            ("XXX3EDT4,0/0,J365/23", [-240, -240, -240]),
        ])
    func footers(text: String, expected: [Int64]) throws {
        let zone = try ZoneRules(name: "Test", tzif: TZifFile(changes: [], types: [], footer: text).bytes)
        let moments = try ["2025-01-15T00:00:00Z", "2025-07-15T00:00:00Z", "2025-12-31T23:30:00Z"].map {
            try #require(Timestamp(rfc3339: $0))
        }
        #expect(moments.map { zone.offset(at: $0) } == expected.map { $0 * 60 })
    }

    @Test(
        "days with and without the leap day",
        arguments: [("J60", [120, 180]), ("59", [180, 180]), ("60", [120, 180])])
    func leapDay(start: String, expected: [Int64]) throws {
        let file = TZifFile(changes: [], types: [], footer: "EET-2EEST,\(start)/0,J300")
        let zone = try ZoneRules(name: "Test", tzif: file.bytes)
        let moments = try ["2024-02-29T12:00:00Z", "2024-03-01T12:00:00Z"].map { try #require(Timestamp(rfc3339: $0)) }
        #expect(moments.map { zone.offset(at: $0) } == expected.map { $0 * 60 })
    }

    @Test(
        "footers that are none",
        arguments: [
            "CET", "C-1", "CET-25", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,J0,J1", "CET-1CEST,366,1", "CET-1 ",
            "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1:60",
        ])
    func noFooters(text: String) { #expect(ZoneFooter(text.utf8) == nil) }

    @Test(
        "names that may not reach the file system",
        arguments: [
            "", "/etc/passwd", "../../etc/passwd", "Europe/../../../etc/passwd", "Europe//Berlin", "Europe/", "a\u{0}b",
            "Europe/Berlin\u{0}", "localtime", "posixrules", "right/UTC", "posix/UTC", "-rf", "zone.tab",
            "Europe/Bérlin",
            String(repeating: "A", count: 65), "a/b/c/d/e", "Europe Berlin",
        ])
    func names(name: String) {
        #expect { try ZoneRules.named(name) } throws: { ($0 as? MartletError)?.code == .invalidInput }
    }

    @Test("unknown zones, folders, other files, and missing data")
    func unknown() {
        for name in ["Europe/Atlantis", "Europe", "europe/berlin", "Europe/Berlin/Mitte"] {
            #expect { try ZoneRules.named(name) } throws: { ($0 as? MartletError)?.code == .notFound }
        }
        #expect { try ZoneRules.named("leapseconds") } throws: { "\($0)".contains("no TZif file") }
        #expect { try ZoneRules.named("Europe/Berlin", folder: "/nowhere") } throws: {
            "\($0)".contains("install the Debian package tzdata")
        }
        #expect(throws: Never.self) { try ZoneRules.named("UTC", folder: "/nowhere") }
    }
}
