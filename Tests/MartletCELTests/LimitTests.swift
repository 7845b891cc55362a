import MartletCEL
import Testing

@Suite("CEL limits")
struct LimitTests {
    /// Small limits are reached soon in a build that is not optimized.
    private static let small = {
        var limits = CELLimits()
        limits.steps = 200_000
        limits.cells = 20_000
        return limits
    }()

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    @Test("the source has a longest length")
    func sourceBytes() {
        var limits = CELLimits()
        limits.sourceBytes = 10
        #expect(Evaluation.text("1 + 2 + 30", limits: limits) == "33")
        #expect(Evaluation.text("1 + 2 + 300", limits: limits).hasPrefix("error limit line 1, column 1"))
    }

    @Test(
        "nesting has a greatest depth, whatever is nested",
        arguments: [
            ("(", "1", ")"), ("[", "", "]"), ("{1: ", "1", "}"), ("!", "true", ""), ("-", "x", ""), ("", "1", " + 1"),
            ("true ? 1 : ", "1", ""), ("size(", "'a'", ")"),
            ("", "{}", ".a"), ("", "[]", "[0]"), ("[1].map(x, ", "1", ")"), ("1 == 1 || (", "true", ")"),
            ("", "dyn(1)", ".f()"),
        ])
    func depth(before: String, middle: String, after: String) {
        let deep = Self.repeated(before, 200) + middle + Self.repeated(after, 200)
        #expect(Evaluation.text(deep, checks: false).hasPrefix("error limit line 1, column"), "\(before) \(after)")
        let flat = Self.repeated(before, 100) + middle + Self.repeated(after, 100)
        #expect(!Evaluation.text(flat, checks: false).hasPrefix("error"), "\(before) \(after)")
        var limits = CELLimits()
        limits.sourceBytes = 1 << 20
        let huge = Self.repeated(before, 20_000) + middle + Self.repeated(after, 20_000)
        #expect(Evaluation.text(huge, limits: limits, checks: false).hasPrefix("error limit"), "\(before) \(after)")
    }

    @Test("long chains of && and || are not deep")
    func longChains() {
        #expect(Evaluation.text(Self.repeated("true && ", 1000) + "true") == "true")
        #expect(Evaluation.text(Self.repeated("false || ", 1000) + "true") == "true")
    }

    @Test(
        "comprehensions within each other end",
        arguments: [
            "l.all(a, l.all(b, l.all(c, l.all(d, true))))", "l.map(a, l.map(b, l.map(c, l.map(d, 1)))).size() > 0",
            "l.exists(a, l.exists(b, l.exists(c, l.exists(d, false))))",
            "l.filter(a, l.filter(b, l.filter(c, l.filter(d, true).size() > 0).size() > 0).size() > 0).size() > 0",
            "l.exists_one(a, l.exists_one(b, l.exists_one(c, l.exists_one(d, true))))",
            "l.all(a, l.all(b, l.all(c, l.all(d, true)))) || true",
            "true && (l.all(a, l.all(b, l.all(c, l.all(d, true)))) || true)",
        ])
    func steps(source: String) {
        let list = CELValue.list(CELList((0..<100).map { .int($0) }))
        #expect(Evaluation.text(source, ["l": list], limits: Self.small).hasPrefix("failure limit line 1, column"))
    }

    @Test(
        "what is built has a largest size",
        arguments: [
            "lists.range(2000000)", "[s, s].map(x, lists.range(600000)).size()",
            "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(a, s + s + s + s)",
            "'%s%s%s%s%s%s%s%s'.format([s, s, s, s, s, s, s, s])",
            "s.replace('x', '0123456789012345')", "[s, s, s, s, s, s, s, s].join(s)",
            "'x'.replace('', s).replace('x', s)", "s.split('')", "lists.range(9223372036854775807)",
            "lists.range(600000) + lists.range(600000)",
            "lists.range(900000).transformMap(i, v, v)",
        ])
    func cells(source: String) {
        let text = CELValue.string(Self.repeated("x", 100_000))
        #expect(
            Evaluation.text(source, ["s": text], limits: Self.small).hasPrefix("failure limit line 1, column"),
            "\(source)")
    }

    /// `[[x, x], [x, x]]` and so on: 2 to the power of `levels` elements in a few lists.
    private static func doubled(_ levels: Int, _ body: String) -> String {
        (0..<levels).reduce(body.replacing("$", with: "v\(levels)")) { source, level in
            "cel.bind(v\(levels - level), [v\(levels - level - 1), v\(levels - level - 1)], \(source))"
        }.replacing("v0", with: "l")
    }

    @Test(
        "values that share parts are not walked through without end",
        arguments: [
            "$ == $", "'%s'.format([$])", "$ in [$]", "[$, $].distinct()", "$.flatten(100)", "sets.contains($, $)",
            "{'a': $} == {'a': $}", "optional.of($) == optional.of($)",
        ])
    func sharing(body: String) {
        let text = Evaluation.text(
            Self.doubled(60, body), ["l": .list(CELList([.int(1), .int(2)]))], limits: Self.small)
        #expect(text.hasPrefix("failure limit"), "\(text.prefix(200))")
    }

    @Test("such a value has a short description")
    func description() {
        var value = CELValue.int(1)
        for _ in 0..<200 { value = .list(CELList([value, value])) }
        #expect(value.description(limit: 100) == "…")
        #expect(value.weight == .max)
        #expect(CELValue.string(Self.repeated("x", 200)).description(limit: 3) == "xxx…")
    }

    @Test("regular expressions have a longest length and a largest size")
    func patterns() {
        var limits = CELLimits()
        limits.patternBytes = 5
        #expect(Evaluation.text("'a'.matches('abcde')", limits: limits) == "false")
        #expect(Evaluation.text("'a'.matches('abcdef')", limits: limits).hasPrefix("error limit line 1, column 13"))
        #expect(Evaluation.text("'a'.matches(p)", ["p": .string("abcdef")], limits: limits).hasPrefix("failure limit"))
        for pattern in ["((a{1000}){1000}){1000}", "(((){1000}){1000}){1000}", "(a|b){1000}{1}", "(x{100}){100}"] {
            #expect(Evaluation.text("'a'.matches('\(pattern)')").hasPrefix("error"), "\(pattern)")
        }
        let nested = Self.repeated("(", 60) + Self.repeated(")", 60)
        #expect(Evaluation.text("'a'.matches('\(nested)')").hasPrefix("error limit"))
    }

    @Test(
        "patterns that make others backtrack take linear time",
        arguments: [
            "(a*)*b", "(a|aa)+$b", "(a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b",
            "(a?){100}a{100}b",
        ])
    func linearTime(pattern: String) {
        var values: [String: CELValue] = ["s": .string(Self.repeated("a", 50_000))]
        #expect(Evaluation.text("s.matches('\(pattern)')", values) == "false")
        // Without a table made beforehand.
        values = ["s": .string(Self.repeated("a", 100)), "p": .string(pattern)]
        #expect(Evaluation.text("s.matches(p)", values) == "false")
    }

    @Test("patterns from data are paid for each time that they are made")
    func patternsFromData() {
        let classes = Self.repeated("[\\x{0}-\\x{bb6}]", 60)
        for pattern in ["(?i)" + classes, "[" + Self.repeated("\\pL", 300) + "]", "(a{100}){40}"] {
            let values: [String: CELValue] = ["p": .string(pattern)]
            #expect(Evaluation.text("'x'.matches(p)", values) == "\(pattern.hasPrefix("["))", "\(pattern.prefix(20))")
            let many = "lists.range(100000).exists(i, 'x'.matches(p + string(i)))"
            #expect(
                Evaluation.text(many, values, limits: Self.small).hasPrefix("failure limit"), "\(pattern.prefix(20))")
        }
    }

    @Test("wildcards and searches of long texts end")
    func longSearches() {
        let values: [String: CELValue] = [
            "s": .string(Self.repeated("a", 100_000)), "p": .string(Self.repeated("*a", 50_000) + "b"),
        ]
        #expect(Evaluation.text("wildcard(s, p)", values, limits: Self.small).hasPrefix("failure limit"))
        #expect(
            Evaluation.text("s.contains(s + 'b') || s.indexOf('b' + s) >= 0 || s.lastIndexOf('b') >= 0", values)
                == "false")
    }
}
