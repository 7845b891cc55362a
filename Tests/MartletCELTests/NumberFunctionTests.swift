import MartletCEL
import Testing

@Suite("CEL functions of numbers and lists")
struct NumberFunctionTests {
    static let numbers: [Example] = [
        Example("math.greatest(1, 2.5, 2u)", "2.5"), Example("math.least([3, 1, 2])", "1"),
        Example("math.greatest([])", "failure type"),
        Example("math.greatest('a')", "error type"), Example("math.greatest(dyn('a'))", "failure type"),
        Example("math.ceil(1.2)", "2"),
        Example("math.floor(-1.2)", "-2"), Example("math.round(-1.5)", "-2"), Example("math.trunc(-1.9)", "-1"),
        Example("math.ceil(1)", "error type"),
        Example("math.abs(-3)", "3"), Example("math.abs(-9223372036854775808)", "failure value"),
        Example("math.sign(-2.5)", "-1"),
        Example("math.sqrt(16)", "4"),
        Example("math.isNaN(0.0 / 0.0) && math.isInf(1.0 / 0.0) && math.isFinite(1.0)", "true"),
        Example("math.bitAnd(6, 3) + math.bitOr(4, 1) + math.bitXor(7, 2)", "12"),
        Example("math.bitNot(0u)", "18446744073709551615"),
        Example("math.bitShiftLeft(1, 3)", "8"), Example("math.bitShiftRight(-1, 63)", "1"),
        Example("math.bitShiftLeft(1, 64)", "0"),
        Example("math.bitShiftLeft(1, -1)", "failure value"),
        Example("math.bitShiftRight(1, 9223372036854775807)", "0"),
    ]

    @Test(arguments: numbers)
    func computes(example: Example) { example.check() }

    static let lists: [Example] = [
        Example("lists.range(3)", "[0, 1, 2]"), Example("lists.range(-1)", "[]"),
        Example("[1, 2, 3].slice(1, 3)", "[2, 3]"),
        Example("[1].slice(0, 2)", "failure value"), Example("[1].slice(-1, 1)", "failure value"),
        Example("[1, [2, [3]]].flatten()", "[1, 2, [3]]"),
        Example("[1, [2, [3]]].flatten(2)", "[1, 2, 3]"), Example("[1].flatten(-1)", "failure value"),
        Example("[1, 2, 1.0, 'a', 'a', [1], [1]].distinct()", "[1, 2, a, [1]]"),
        Example("[3, 1, 2].sort()", "[1, 2, 3]"), Example("['b', 'a', 'B'].sort()", "[B, a, b]"),
        Example("[1, 'a'].sort()", "failure type"),
        Example("[0.0 / 0.0].sort()", "failure type"), Example("[null].sort()", "failure type"),
        Example("[].sort()", "[]"), Example("[1, 2].reverse()", "[2, 1]"),
        Example("[1, 2].first().value() + [1, 2].last().value()", "3"), Example("[].first().hasValue()", "false"),
        Example(
            "sets.contains([1, 2], [2]) && sets.intersects([1, 2], [2, 3]) && sets.equivalent([1, 1, 2], [2, 1])",
            "true"),
        Example("sets.contains([1], [2]) || sets.intersects([1], []) || sets.equivalent([1], [1, 2])", "false"),
    ]

    @Test(arguments: lists)
    func arranges(example: Example) { example.check() }
}
