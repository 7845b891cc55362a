import Foundation
import MartletCore
import MartletProgram
import Testing

@testable import martlet

/// The printers, into a file instead of a terminal.
struct CommandLineTableTests {
    private struct Fruit {
        var name: String
        var weight: Int
    }

    private var listing: Listing<Fruit> {
        Listing(
            columns: [
                Column("NAME", flexible: true, style: { _ in .red }) { $0.name },
                Column("WEIGHT", right: true) { String($0.weight) },
                Column("NOTE", flexible: true) { "note of " + $0.name },
            ],
            fields: [("name", { $0.name }), ("weight", { String($0.weight) })],
            json: { row, json in
                json.field("name", row.name)
                json.field("weight", row.weight)
            }, empty: "no fruit")
    }

    private func print(
        _ rows: [Fruit], _ format: OutputFormat, colors: Bool = false, width: Int? = nil
    ) throws -> String {
        let folder = try Folder()
        let path = folder.path("out")
        let descriptor = open(path, O_CREAT | O_RDWR, 0o600)
        defer { close(descriptor) }
        let printer = try ListingPrinter(
            listing, format: format, terminal: Terminal(isTerminal: width != nil, colors: colors, width: width),
            output: OutputStream(descriptor: descriptor))
        for row in rows { try printer.add(row) }
        try printer.finish()
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func aligned() throws {
        let text = try print([Fruit(name: "fig", weight: 5), Fruit(name: "日本", weight: 1000)], .table)
        #expect(text == "NAME  WEIGHT  NOTE\nfig        5  note of fig\n日本    1000  note of 日本\n")
    }

    @Test func cutToTheWidth() throws {
        let text = try print([Fruit(name: String(repeating: "long", count: 30), weight: 1)], .table, width: 60)
        for line in text.split(separator: "\n") { #expect(DisplayText.width(String(line)) <= 60) }
        #expect(text.contains("…"))
    }

    @Test func veryNarrow() throws {
        let text = try print([Fruit(name: "elderberry", weight: 1_000_000)], .table, width: 20)
        for line in text.split(separator: "\n") { #expect(DisplayText.width(String(line)) <= 20) }
    }

    @Test func coloursOnlyWhereWanted() throws {
        let rows = [Fruit(name: "fig", weight: 1)]
        #expect(try print(rows, .table, colors: true, width: 80).contains("\u{1B}[31mfig\u{1B}[0m"))
        #expect(!(try print(rows, .table, width: 80)).contains("\u{1B}"))
    }

    @Test func controlCharactersAreShown() throws {
        let text = try print([Fruit(name: "\u{1B}[2Jx\ny", weight: 1)], .table)
        #expect(text.contains("\\u{1b}[2Jx\\ny"))
        #expect(text.split(separator: "\n").count == 2)
    }

    /// Rows beyond the sample may be wider; none is lost and the order stays.
    @Test func streamsBeyondTheSample() throws {
        let rows = (0..<1000).map { Fruit(name: "f\($0)", weight: $0) }
        let lines = try print(rows, .table).split(separator: "\n")
        #expect(lines.count == 1001)
        #expect(lines[1000].hasPrefix("f999"))
    }

    @Test func machineFormats() throws {
        let rows = [Fruit(name: "a,\"b\"", weight: 1), Fruit(name: "c", weight: 2)]
        #expect(try print(rows, .csv) == "name,weight\r\n\"a,\"\"b\"\"\",1\r\nc,2\r\n")
        #expect(try print(rows, .ndjson) == "{\"name\":\"a,\\\"b\\\"\",\"weight\":1}\n{\"name\":\"c\",\"weight\":2}\n")
        #expect(try JSONValue.parse(print(rows, .json)).arrayValue?.count == 2)
    }

    @Test func nothing() throws {
        #expect(try print([], .table) == "no fruit\n")
        #expect(try print([], .csv) == "name,weight\r\n")
        #expect(try print([], .ndjson) == "")
        #expect(try JSONValue.parse(print([], .json)) == .array([]))
    }

    @Test func tagsWithSeveralValues() {
        var json = JSONWriter()
        json.beginObject()
        json.tags([
            MartletCore.Tag(key: "b", value: "1"), MartletCore.Tag(key: "a", value: "x"),
            MartletCore.Tag(key: "b", value: "2"),
        ])
        json.regions(["eu", "us"])
        json.endObject()
        #expect(json.text == #"{"tags":{"a":"x","b":["1","2"]},"region":"eu,us","regions":["eu","us"]}"#)
    }
}
