import MartletCore
import Testing

@testable import MartletGenerator

@Suite("Generator: building blocks")
struct SupportTests {
    @Test("SplitMix64 gives the published reference values")
    func referenceValues() {
        var generator = SplitMix64(seed: 1_234_567)
        let drawn = (0..<3).map { _ in generator.next() }
        #expect(drawn == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test("A mapped hash stays in its range")
    func ranges() {
        #expect(SplitMix64.index(.max, below: 7) == 6)
        #expect(SplitMix64.index(0, below: 7) == 0)
        #expect(SplitMix64.index(.max, below: 0) == 0)
        #expect(SplitMix64.index(.max, below: -3) == 0)
        #expect(SplitMix64.share(.max) < 1)
        #expect(SplitMix64.share(0) == 0)
    }

    @Test(
        "Days become dates",
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (11_017, "2000-03-01"),
            (20_697, "2026-09-01"), (20_727, "2026-10-01"), (20_758, "2026-11-01"), (-25_509, "1900-02-28"),
            (-25_508, "1900-03-01"), (20_818, "2026-12-31"), (20_819, "2027-01-01"),
        ] as [(Int64, String)])
    func dates(day: Int64, date: String) { #expect(ScanMoment.date(day) == date) }

    @Test("A moment has a text and a version 7 UUID that carries it")
    func moment() {
        let moment = ScanMoment(days: 20_758, seconds: 6 * 3_600 + 61)
        #expect(moment.text == "2026-11-01T06:01:01")
        let uuid = moment.uuid(seed: 1)
        #expect(uuid.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        let hex = uuid.filter { $0 != "-" }
        #expect(UInt64(hex.prefix(12), radix: 16) == UInt64(moment.epoch) * 1_000)
        #expect(hex.dropFirst(12).first == "7")
        #expect("89ab".contains(hex.dropFirst(16).first ?? "x"))
        #expect(moment.uuid(seed: 2) != uuid)
    }

    @Test("JSON on one line escapes what must be escaped")
    func compact() {
        let value = JSONValue.object([
            .init("a\"\\", .string("\n\t\u{01}é")), .init("b", .array([.int(-1), .bool(true), .null])),
            .init("c", .object([])), .init("d", .double(.nan)),
        ])
        let text = String(decoding: JSONRenderer.compact(value), as: UTF8.self)
        #expect(text == #"{"a\"\\":"\n\t\u0001é","b":[-1,true,null],"c":{},"d":null}"#)
    }

    @Test("JSON indented by four spaces")
    func indented() {
        let value = JSONValue.object([.init("a", .array([.int(1), .int(2)])), .init("b", .array([]))])
        let text = String(decoding: JSONRenderer.indented(value), as: UTF8.self)
        #expect(text == "{\n    \"a\": [\n        1,\n        2\n    ],\n    \"b\": []\n}")
    }

    @Test("A template fills its gaps, repeated ones too, and leaves unknown ones empty")
    func template() {
        let source =
            "<\(ByteTemplate.marker(1))é\(ByteTemplate.marker(0))\(ByteTemplate.marker(1))\(ByteTemplate.marker(9))>"
        var output: [UInt8] = []
        ByteTemplate(Array(source.utf8)).append(to: &output, values: [Array("zero".utf8), Array("one".utf8)])
        #expect(String(decoding: output, as: UTF8.self) == "<oneézeroone>")
    }
}
