import MartletCEL
import Testing

@Suite("CEL: what could not be had")
struct FailureTests {
    static let examples: [Example] = [
        Example("f", "failure given line 1, column 1: denied"),
        Example("c.a", "failure given line 1, column 3: denied"),
        Example("c.a.b", "failure given"), Example("c.?a", "failure given"),
        Example("c.?a.orValue(1)", "failure given"),
        Example("has(c.a)", "failure given"), Example("has(c.a.b)", "failure given"), Example("has(c.b)", "true"),
        Example("c['a']", "failure given"), Example("c[?'a']", "failure given"), Example("l[1]", "failure given"),
        Example("l[?1]", "failure given"), Example("l[0]", "1"), Example("l.size()", "3"),
        Example("l.exists(x, x == 3)", "true"),
        Example("l.exists(x, x == 4)", "failure given line 1, column 13: denied"),
        Example("l.all(x, x == 1)", "false"), Example("l.all(x, x > 0)", "failure given"),
        Example("l.exists_one(x, x == 3)", "failure given"), Example("l.map(x, x)", "failure given"),
        Example("l.filter(x, x > 1)", "failure given"), Example("3 in l", "true"), Example("4 in l", "failure given"),
        Example("l == [1, 2, 3]", "failure given"), Example("[1, 2, 3] != l", "failure given"),
        Example("c == {}", "failure given"),
        Example("'%s'.format([l])", "failure given"), Example("sets.contains(l, [4])", "failure given"),
        Example("l.distinct()", "failure given"), Example("[l, [5]].flatten().exists(x, x == 5)", "true"),
        Example("f == 1 || true", "true"), Example("f == 1 && false", "false"),
        Example("f == 1 || false", "failure given"),
        Example("l.transformList(i, x, i)", "[0, 1, 2]"), Example("optional.of(l).value().size()", "3"),
    ]

    @Test(arguments: examples)
    func readingFails(example: Example) throws {
        let map = try #require(CELMap([(.string("a"), .failure("denied")), (.string("b"), .int(1))]))
        example.check([
            "f": .failure("denied"), "c": .map(map), "l": .list(CELList([.int(1), .failure("denied"), .int(3)])),
        ])
    }
}
