import Testing

@testable import MartletEngine

@Suite("ChildLog")
struct ChildLogTests {
    private static func lines(
        _ text: String, secrets: [String] = [], limit: Int = 1 << 20, piece: Int = 1 << 20
    ) -> [String] {
        var log = ChildLog(secrets: secrets, limit: limit)
        var lines: [String] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            lines += bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes { log.take($0) }
        }
        return lines + log.finish()
    }

    @Test("lines do not depend on how they arrive", arguments: 1...12)
    func pieces(piece: Int) {
        let text = "one\r\ntwo secret, sec secretsecret\n\nthree\rfour\u{1B}[31m\t\u{202E}"
        let expected = ["one", "two ***, sec ******", "three", "four\\u{1B}[31m\\t\\u{202E}"]
        #expect(Self.lines(text, secrets: ["secret"], piece: piece) == expected)
    }

    @Test("overlapping secrets are covered as one")
    func overlap() {
        #expect(Self.lines("xabcdefghx", secrets: ["abcdef", "defgh", "cdef"]) == ["x***x"])
        #expect(Self.lines("abcdabcd", secrets: ["abcdabcd", "abcd", "abc"]) == ["***"])
    }

    @Test("a secret at the end of what is shown never shows a part of itself")
    func cut() {
        for before in ChildLog.longestLine - 12...ChildLog.longestLine {
            let line = String(repeating: "x", count: before) + "hunter22hunter22" + String(repeating: "y", count: 9000)
            let shown = Self.lines(line, secrets: ["hunter22"])[0]
            #expect(!shown.contains("h") && shown.hasSuffix("…"))
        }
        let many = String(repeating: "hunter22", count: 600)
        #expect(Self.lines(many, secrets: ["hunter22"])[0].allSatisfy { "*…".contains($0) })
    }

    @Test("what is above the limit is counted")
    func limit() {
        #expect(Self.lines("abcd\nefgh\nijkl\nmnop\n", limit: 6) == ["abcd", "efgh", "2 more lines were not kept"])
        var log = ChildLog(secrets: ["last"], limit: 1)
        for line in ["a\n", "b\n", "at last\n"] { _ = Array(line.utf8).withUnsafeBytes { log.take($0) } }
        #expect(log.lastLine == "at ***" && log.dropped == 2)
    }
}
