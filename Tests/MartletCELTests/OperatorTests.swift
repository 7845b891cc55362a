import MartletCEL
import Testing

@Suite("CEL operators")
struct OperatorTests {
    static let arithmetic: [Example] = [
        Example("1 + 2 * 3 - 4 / 2 % 3", "5"), Example("(1 + 2) * 3", "9"), Example("7 / 2", "3"),
        Example("-7 / 2", "-3"), Example("-7 % 3", "-1"), Example("7u % 4u", "3"), Example("1.5 * 2.0", "3"),
        Example("1.0 / 0.0", "Infinity"), Example("0.0 / 0.0", "NaN"), Example("'a' + 'b'", "ab"),
        Example("[1] + [2, 3]", "[1, 2, 3]"), Example("b'a' + b'b'", "ab"), Example("--2", "2"), Example("---2", "-2"),
        Example("-9223372036854775808", "-9223372036854775808"),
        Example("9223372036854775808", "error syntax line 1, column 1"),
        Example("9223372036854775807 + 1", "failure value line 1, column 21: the result is out of range"),
        Example("0u - 1u", "failure value"), Example("-(-9223372036854775808)", "failure value"),
        Example("9223372036854775807 * 2", "failure value"), Example("-9223372036854775808 / -1", "failure value"),
        Example("-9223372036854775808 % -1", "failure value"),
        Example("1 / 0", "failure value line 1, column 3: division by zero"), Example("1 % 0", "failure value"),
        Example("1 + 1u", "error type line 1, column 3: no such overload: int + uint"),
        Example("1 + 'a'", "error type"), Example("1.5 % 2.0", "error type"), Example("-'a'", "error type"),
        Example("timestamp(0) + duration('1h')", "1970-01-01T01:00:00Z"),
        Example("duration('1h') + timestamp(0)", "1970-01-01T01:00:00Z"),
        Example("timestamp(0) - duration('1ns')", "1969-12-31T23:59:59.999999999Z"),
        Example("timestamp(90) - timestamp(0)", "90s"), Example("duration('1m') - duration('90s')", "-30s"),
    ]

    @Test(arguments: arithmetic)
    func computes(example: Example) { example.check() }

    static let comparisons: [Example] = [
        Example("1 == 1.0 && 1u == 1 && 1.0 == 1u", "true"), Example("1 != 2", "true"),
        Example("dyn('1') == 1", "false"), Example("null == null", "true"), Example("dyn(0) == null", "false"),
        Example("'a\\u0323\\u0307' == 'a\\u0307\\u0323'", "false"),
        Example("'Am\\u00E9lie' == 'Ame\\u0301lie'", "false"), Example("[1, [2.0]] == [1.0, [2]]", "true"),
        Example("{'a': 1, 'b': 2} == {'b': 2.0, 'a': 1u}", "true"), Example("{'a': 1} == {'a': 1, 'b': 2}", "false"),
        Example("0.0 / 0.0 == 0.0 / 0.0", "false"), Example("1 < 2 && 2u <= 2u && 1.5 > 1.0 && 'b' >= 'a'", "true"),
        Example("dyn(-1) < 0u && dyn(18446744073709551615u) > 1 && dyn(1) < 1.5", "true"),
        Example("0.0 / 0.0 < 1.0", "false"), Example("0.0 / 0.0 >= 1.0", "false"), Example("false < true", "true"),
        Example("b'a' < b'ab'", "true"), Example("'ａ' > 'z'", "true"),
        Example("duration('1s') < duration('1m')", "true"),
        Example("1 == '1'", "error type line 1, column 3: no such overload: int == string"),
        Example("1 < '1'", "error type"), Example("[1] < [2]", "error type"), Example("dyn([1]) < [2]", "error type"),
        Example("dyn([1]) < dyn([2])", "failure type"), Example("dyn(null) < dyn(1)", "failure type"),
        Example("2 in [1, 2.0]", "true"), Example("'a' in {'a': 1}", "true"), Example("1.5 in {1: 1}", "false"),
        Example("1u in {1: 2}", "true"), Example("1 in 'a'", "error type"), Example("1 in dyn('a')", "failure type"),
    ]

    @Test(arguments: comparisons)
    func compares(example: Example) { example.check() }

    static let logic: [Example] = [
        Example("true || 1 / 0 == 0", "true"), Example("1 / 0 == 0 || true", "true"),
        Example("false && 1 / 0 == 0", "false"), Example("1 / 0 == 0 && false", "false"),
        Example("1 / 0 == 0 || false", "failure value line 1, column 3"),
        Example("1 / 0 == 0 && true", "failure value line 1, column 3"),
        Example("false || 1 / 0 == 0 || 2 % 0 == 0", "failure value line 1, column 12"),
        Example("!false", "true"), Example("!!!true", "false"), Example("true ? 1 : 2", "1"),
        Example("false ? 1 / 0 : 2", "2"), Example("true ? (false ? 1 : 2) : 3", "2"),
        Example("true ? false ? 1 : 2 : 3", "error syntax line 1, column 14"),
        Example("false ? 1 : false ? 2 : 3", "3"), Example("1 / 0 == 0 ? 1 : 2", "failure value"),
        Example("true && 1", "error type line 1, column 9: expected a bool, got int"), Example("!0", "error type"),
        Example("dyn(1) || false", "failure type"), Example("dyn('x') || true", "true"),
        Example("dyn('x') && false", "false"), Example("dyn(1) ? 1 : 2", "failure type"),
    ]

    @Test(arguments: logic)
    func decides(example: Example) { example.check() }

    @Test("what && and || say of every pair of true, false and an error")
    func truthTables() {
        let operands = ["true", "false", "(1 / 0 == 0)"]
        for left in operands {
            for right in operands {
                let both = [left, right]
                let and = both.contains("false") ? "false" : both == ["true", "true"] ? "true" : "failure value"
                let or = both.contains("true") ? "true" : both == ["false", "false"] ? "false" : "failure value"
                Example("\(left) && \(right)", and).check()
                Example("\(left) || \(right)", or).check()
            }
        }
    }
}
