import MartletCEL
import Testing

@Suite("CEL macros")
struct MacroTests {
    static let examples: [Example] = [
        Example("[1, 2].all(x, x > 0)", "true"), Example("[1, 2].all(x, x > 1)", "false"),
        Example("[].all(x, false)", "true"),
        Example("[1, 0].all(x, 1 / x > 5)", "false"),
        Example("[1, 0].all(x, 1 / x > 0)", "failure value line 1, column 17"),
        Example("[0, 1].exists(x, 1 / x > 0)", "true"), Example("[0, 1].exists(x, 1 / x > 5)", "failure value"),
        Example("[].exists(x, true)", "false"), Example("[1, 2].exists_one(x, x > 1)", "true"),
        Example("[1, 2].existsOne(x, x > 0)", "false"), Example("[1, 0].exists_one(x, 1 / x > 0)", "failure value"),
        Example("[1, 2].map(x, x * x)", "[1, 4]"), Example("[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]"),
        Example("[1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]"), Example("{'a': 1}.all(k, k == 'a')", "true"),
        Example("{'a': 1, 'b': 2}.map(k, k)", "[a, b]"), Example("{'a': 1}.exists(k, v, v == 1)", "true"),
        Example("[5, 7].all(i, v, v == 5 + 2 * i)", "true"),
        Example("[5, 7].existsOne(i, v, i == 1 && v == 7)", "true"),
        Example("[5, 7].transformList(i, v, v + i)", "[5, 8]"), Example("[5, 7].transformList(i, v, i > 0, v)", "[7]"),
        Example("{'a': 1}.transformMap(k, v, v + 1)", "{a: 2}"),
        Example("{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v)", "{b: 2}"),
        Example("['x'].transformMap(i, v, v)", "{0: x}"), Example("cel.bind(x, 2, x * x)", "4"),
        Example("cel.bind(x, 1, cel.bind(x, 2, x) + x)", "3"),
        Example("[[1], [2, 3]].map(l, l.map(x, x + l.size()))", "[[2], [4, 5]]"),
        Example("[1].map(x, [2].map(x, x)[0] + x)", "[3]"), Example("cel.bind(x, 1 / 0, true)", "failure value"),
        Example("['b', 'a'].sortBy(x, x)", "[a, b]"),
        Example("[{'n': 2}, {'n': 1}].sortBy(x, x.n).map(x, x.n)", "[1, 2]"),
        Example("1.all(x, true)", "error type"), Example("dyn(1).all(x, true)", "failure type"),
        Example("[1].all(x, 1)", "error type"), Example("[1].all(x, dyn(1))", "failure type"),
        Example("[1, 2].map(x, y)", "error unknown_name line 1, column 15"),
        Example("[1].map(x, x) + [x]", "error unknown_name"),
    ]

    @Test(arguments: examples)
    func expands(example: Example) { example.check() }
}
