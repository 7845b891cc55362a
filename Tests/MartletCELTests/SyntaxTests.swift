import MartletCEL
import Testing

@Suite("CEL syntax")
struct SyntaxTests {
    static let literals: [Example] = [
        Example("0x1F", "31"), Example("-0x10", "-16"), Example("0xFFu", "255"), Example("12U", "12"),
        Example("1e3", "1000"), Example(".5", "0.5"), Example("1.25e-2", "0.0125"), Example("null", "null"),
        Example("'it''s'", "error syntax line 1, column 5"), Example("\"a'b\"", "a'b"),
        Example("'a\\n\\t\\\\b'", "a\n\t\\b"),
        Example("'\\x41\\u00e9\\U0001F600\\101'", "Aé😀A"), Example("r'a\\n'", "a\\n"), Example("R\"\\\"", "\\"),
        Example("'''a\n'b'''", "a\n'b"), Example("b'\\xff\\000' == b'\\377\\x00'", "true"), Example("bR'\\n'", "\\n"),
        Example("'\\377' == '\\u00ff'", "true"), Example("[1, 2,]", "[1, 2]"), Example("{'a': 1,}", "{a: 1}"),
        Example("[]", "[]"), Example("{}", "{}"), Example("1 // comment\n + 1", "2"), Example("{'a-b': 1}.`a-b`", "1"),
        Example("{'in': 1, 'as': 2}.as", "2"), Example("{'x': {'for': 3}}.x.for", "3"),
    ]

    @Test(arguments: literals)
    func reads(example: Example) { example.check() }

    static let errors: [Example] = [
        Example("", "error syntax line 1, column 1: expected a value, but the expression ends"),
        Example("1 +", "error syntax line 1, column 4"), Example("1 2", "error syntax line 1, column 3"),
        Example("(1", "error syntax line 1, column 3: expected )"), Example("[1", "error syntax"),
        Example("{1: 2", "error syntax"), Example("{1}", "error syntax line 1, column 3: expected :"),
        Example("f(1,)", "error syntax"), Example("a.", "error syntax"), Example("a.1", "error syntax"),
        Example("true ? 1", "error syntax"), Example("'abc", "error syntax line 1, column 1"),
        Example("'a\nb'", "error syntax"), Example("'\\q'", "error syntax line 1, column 2: unknown escape"),
        Example("'\\u12'", "error syntax"), Example("'\\ud800'", "error syntax"), Example("'\\08'", "error syntax"),
        Example("'\\U00110000'", "error syntax"), Example("b'\\u0041'", "error syntax"), Example("0x", "error syntax"),
        Example("12a", "error syntax"), Example("18446744073709551616u", "error syntax"),
        Example("for", "error syntax"),
        Example("a @ b", "error syntax"), Example("1 = 1", "error syntax"), Example("a & b", "error syntax"),
        Example("Message{a: 1}", "error syntax line 1, column 8"), Example("has(a)", "error syntax"),
        Example("[1].all(1, true)", "error syntax"), Example("[1].exists(a.b, true)", "error syntax"),
        Example("[1].all(a, a, true)", "error syntax"), Example("`a`", "error syntax"), Example("a.`b", "error syntax"),
        Example("\n  'é' + ?", "error syntax line 2, column 9"),
        Example("x", "error unknown_name line 1, column 1: there is no variable 'x'"),
        Example("f(1)", "error unknown_name line 1, column 1: there is no function 'f()'"),
        Example("'a'.nothing()", "error unknown_name line 1, column 5"), Example("dyn", "error unknown_name"),
        Example("size(1)", "error type line 1, column 1: no such overload: size(int)"),
        Example("size('a', 'b')", "error type"), Example("'a'.b", "error type"), Example("[1]['a']", "error type"),
    ]

    @Test(arguments: errors)
    func refuses(example: Example) { example.check() }

    @Test("names with dots: the longest that is a variable counts, and variables of macros hide others")
    func qualifiedNames() {
        let values: [String: CELValue] = [
            "a.b": .map(CELMap([(.string("c"), .string("field"))]) ?? .empty), "a.b.c": .string("variable"),
            "y": .int(1),
        ]
        Example("a.b.c", "variable").check(values)
        Example("a.b.d", "failure missing line 1, column 5: there is no field 'd'").check(values)
        Example("[{'z': 5}].map(y, y.z)", "[5]").check(values)
        Example("[2].map(y, .y + y)", "[3]").check(values)
    }

    @Test("where checks are off, unknown names and wrong types are errors of the evaluation")
    func unchecked() {
        Example("x || true", "true").check(checks: false)
        Example("f(1) || true", "true").check(checks: false)
        Example("x && true", "failure unknown_name line 1, column 1").check(checks: false)
        Example("1 + 'a'", "failure type line 1, column 3").check(checks: false)
        Example("true || 32", "true").check(checks: false)
    }
}
