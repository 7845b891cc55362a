import Testing

@testable import MartletFormats

/// RFC 4180, and values stay as they are.
struct CSVWriterTests {
    private func line(_ fields: [String]) -> String {
        var writer = CSVWriter()
        for field in fields { writer.field(field) }
        writer.endLine()
        return String(decoding: writer.takeBytes(), as: UTF8.self)
    }

    @Test(arguments: [
        (["a", "b"], "a,b\r\n"), ([""], "\r\n"), (["", ""], ",\r\n"), (["a,b"], "\"a,b\"\r\n"),
        (["say \"hi\""], "\"say \"\"hi\"\"\"\r\n"), (["two\nlines"], "\"two\nlines\"\r\n"), (["cr\r"], "\"cr\r\"\r\n"),
        (["=1+1", "-x", "@y"], "=1+1,-x,@y\r\n"), ([" blank "], " blank \r\n"), (["a;b", "ü"], "a;b,ü\r\n"),
    ])
    func fields(_ fields: [String], _ expected: String) { #expect(line(fields) == expected) }

    @Test func linesFollowEachOther() {
        var writer = CSVWriter()
        writer.field("a")
        writer.endLine()
        #expect(writer.count == 3)
        writer.field("b")
        writer.endLine()
        #expect(writer.takeBytes() == Array("a\r\nb\r\n".utf8))
        #expect(writer.count == 0)
    }
}
