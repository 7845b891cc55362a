import MartletCore
import MartletFormats
import Testing

private func read(_ text: String, _ limits: YAMLLimits = YAMLLimits()) throws -> MarkedNode {
    try YAMLReader.read(text: text, file: "f.yaml", limits: limits)
}

private func json(_ text: String) throws -> JSONValue { try read(text).json(file: "f.yaml") }

private func failure(_ text: String, _ limits: YAMLLimits = YAMLLimits()) -> MartletError? {
    do {
        _ = try read(text, limits)
        return nil
    } catch { return error as? MartletError }
}

@Suite struct YAMLReaderTests {
    @Test func treeWithMarks() throws {
        let root = try read("# c\na:\n  - x\n  - {b: 1}\né: 'q'\n")
        guard case .mapping(let entries) = root.value, case .sequence(let items) = entries[0].value.value else {
            Issue.record("not a mapping of a list")
            return
        }
        #expect(entries.map(\.key) == ["a", "é"])
        #expect(entries.map(\.line) == [2, 5])
        #expect(entries[1].value.column == 4)
        #expect(entries[1].place(in: "f") == "f:5:1")
        #expect(items[0].place(in: "f") == "f:3:5")
        #expect(items[1].line == 4)
        #expect(items.map(\.kind) == ["text", "a mapping"])
    }

    @Test(
        "Types by the core schema",
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nULL", .string("nULL")),
            ("true", .bool(true)), ("False", .bool(false)), ("yes", .string("yes")), ("on", .string("on")),
            ("0", .int(0)), ("-7", .int(-7)), ("+7", .int(7)), ("012", .int(12)), ("0o17", .int(15)),
            ("0xfF", .int(255)),
            ("0x-1", .string("0x-1")), ("0x", .string("0x")), ("1_000", .string("1_000")), ("12:30", .string("12:30")),
            ("9223372036854775807", .int(.max)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.5", .double(1.5)), ("1.", .double(1)), (".5", .double(0.5)), ("-.5", .double(-0.5)),
            ("+1.5", .double(1.5)),
            ("1e3", .double(1000)), ("1E-2", .double(0.01)), ("1e", .string("1e")), (".", .string(".")), ("-", nil),
            ("+", .string("+")), ("1.2.3", .string("1.2.3")), ("2024-01-01", .string("2024-01-01")),
            (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)), ("'1'", .string("1")),
            ("\"true\"", .string("true")),
            ("!!str 1", .string("1")), ("! 1", .string("1")), ("!!int 3", .int(3)), ("!!float 3", .double(3)),
            ("!!float x", nil), ("!!int 1.5", nil), ("!!bool yes", nil), ("!!null ~", .null), ("!!binary aGk=", nil),
            ("!mine x", nil), ("!!map x", nil), ("!!seq {}", nil), ("!!map {}", .mapping([])),
            ("!!seq []", .sequence([])),
            ("|\n  a\n  b\n", .string("a\nb\n")), (">\n  a\n  b\n", .string("a b\n")), ("0x1p3", .string("0x1p3")),
            ("inf", .string("inf")), ("nan", .string("nan")),
        ] as [(String, MarkedNode.Value?)])
    func scalars(text: String, expected: MarkedNode.Value?) {
        switch try? read(text).value {
        case .sequence(let items)? where text == "-": #expect(items.count == 1)
        case let value: #expect(value == expected)
        }
    }

    @Test func nan() throws {
        guard case .double(let value) = try read(".nan").value else {
            Issue.record("not a number type")
            return
        }
        #expect(value.isNaN)
        #expect(throws: MartletError.self) { try json("a: .nan") }
    }

    @Test func scalarsKeepTheirText() throws {
        guard case .mapping(let entries) = try read("012345678901: 007\n").value else { return }
        #expect(entries.map(\.key) == ["012345678901"])
        #expect(entries.map(\.value.text) == ["007"])
        #expect(entries.map(\.value.value) == [.int(7)])
    }

    @Test func aliases() throws {
        #expect(
            try json("a: &x {k: [1, 2]}\nb: *x\nc: &x 3\nd: *x\n")
                == .object([
                    .init("a", .object([.init("k", .array([.int(1), .int(2)]))])),
                    .init("b", .object([.init("k", .array([.int(1), .int(2)]))])),
                    .init("c", .int(3)), .init("d", .int(3)),
                ]))
        #expect(try json("&k a: *k") == .object([.init("a", .string("a"))]))
        guard case .sequence(let items) = try read("- &a [1]\n- *a\n").value else { return }
        #expect(items.map(\.line) == [1, 2])
    }

    @Test(
        "What is refused, and where",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1"), ("a: 1\n\"a\": 3\n", "f.yaml:2:1"), ("a: *nope\n", "f.yaml:1:4"),
            ("a: &a [*a]\n", "f.yaml:1:8"), ("a: {b: {c: 1, c: 2}}\n", "f.yaml:1:15"), ("? [1]\n: 2\n", "f.yaml:1:3"),
            ("a: &a [1]\n*a : 2\n", "f.yaml:2:1"), ("a: &a {}\n<<: *a\n", "f.yaml:2:1"),
            ("a: 1\n---\nb: 2\n", "f.yaml:2:1"),
            ("a: [1\nb: 2\n", "f.yaml:2:2"), ("a:\n\t- 1\n", "f.yaml:2:1"), ("a: !mine 1\n", "f.yaml:1:4"),
            ("a: \"\\q\"\n", "f.yaml:1:5"), ("a: b\u{0}c\n", "f.yaml:1:5"), ("a: b\n  \u{7}", "f.yaml:2:3"),
        ])
    func refusals(text: String, place: String) {
        let error = failure(text)
        #expect(error?.code == .invalidInput)
        #expect(error?.place == place)
    }

    @Test func invalidUTF8() {
        let bytes: [UInt8] = Array("a: 1\nb: ".utf8) + [0xC3, 0x28]
        let error = #expect(throws: MartletError.self) { try YAMLReader.read(bytes, file: "f.yaml") }
        // The byte that should have gone on, after the one that began.
        #expect(error?.place == "f.yaml:2:5")
        #expect(throws: MartletError.self) { try YAMLReader.read([0xFF, 0xFE, 0x61, 0x00], file: "f.yaml") }
    }

    @Test func emptyAndByteOrderMark() throws {
        #expect(try read("").value == .null)
        #expect(try read("# nothing\n").value == .null)
        #expect(try read("---\n").value == .null)
        #expect(try json("\u{FEFF}a: 1\n") == .object([.init("a", .int(1))]))
    }

    @Test func billionLaughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(failure(text)?.code == .limit)
        #expect(failure(text)?.place?.hasPrefix("f.yaml:6:") == true)
    }

    @Test func longScalarsRepeatedByAliases() {
        let text = "- &a \(String(repeating: "x", count: 1 << 20))\n" + String(repeating: "- *a\n", count: 70)
        #expect(failure(text)?.code == .limit)
        #expect(failure(text)?.place == "f.yaml:65:3")
    }

    @Test func depth() {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        #expect(failure(nested(64)) == nil)
        #expect(failure(nested(65))?.code == .limit)
        #expect(failure(String(repeating: "[", count: 1 << 20))?.code == .limit)
        #expect(failure(String(repeating: "- ", count: 1 << 20))?.code == .limit)
        #expect(failure(String(repeating: "{a: ", count: 100_000))?.code == .limit)
        // An alias may not go deeper than what was written out could.
        let deep = "a: &a \(nested(40))\nb: "
        #expect(failure(deep + String(repeating: "[", count: 23) + "*a" + String(repeating: "]", count: 23)) == nil)
        #expect(
            failure(deep + String(repeating: "[", count: 24) + "*a" + String(repeating: "]", count: 24))?.code == .limit
        )
    }

    @Test func tagDirectives() {
        func directives(_ count: Int) -> String { (0..<count).map { "%TAG !a\($0)! tag:x\n" }.joined() + "--- a\n" }
        #expect(failure(directives(100)) == nil)
        #expect(failure(directives(101))?.code == .limit)
        #expect(failure("a\n...\n" + directives(200_000))?.code == .limit)
    }

    @Test func sizeAndNodes() {
        #expect(failure("a: 123456789", YAMLLimits(bytes: 11))?.code == .limit)
        #expect(failure("[1, 2, 3]", YAMLLimits(nodes: 4)) == nil)
        #expect(failure("[1, 2, 3, 4]", YAMLLimits(nodes: 4))?.code == .limit)
        #expect(failure("{a: b}", YAMLLimits(nodes: 2))?.code == .limit)
    }

    @Test("Every prefix and every changed byte of a document is read or refused, never more")
    func damaged() throws {
        let text = "%YAML 1.2\n---\na: &a {b: [1, \"x\\n\", 'y'], c: !!str 3}\nd: *a\ne: |\n  t\n# end\n...\n"
        let bytes = Array(text.utf8)
        _ = try YAMLReader.read(bytes, file: "f")
        for length in bytes.indices { _ = try? YAMLReader.read(bytes.prefix(length), file: "f") }
        for position in bytes.indices {
            for byte in [0, 9, 10, 32, 34, 38, 42, 45, 58, 63, 91, 93, 123, 125, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[position] = byte
                do {
                    _ = try YAMLReader.read(changed, file: "f")
                } catch { #expect(error is MartletError) }
            }
        }
    }
}
