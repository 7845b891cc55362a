import MartletCEL
import MartletCore
import Testing

@Suite("CEL fields, indices and optionals")
struct FieldTests {
    static let examples: [Example] = [
        Example("r.name", "web"), Example("r.a.b.c", "1"), Example("r['a']['b'].c", "1"), Example("r.list[1]", "y"),
        Example("r.list[1.0]", "y"), Example("r.list[1u]", "y"),
        Example("r.missing", "failure missing line 1, column 3: there is no field 'missing'"),
        Example("r.a.x.y", "failure missing line 1, column 5: there is no field 'x'"),
        Example("r.name.x", "failure type line 1, column 8: string has no fields"),
        Example("r.none.x", "failure type line 1, column 8: null_type has no fields"),
        Example("r.list[2]", "failure missing line 1, column 7"), Example("r.list[-1]", "failure missing"),
        Example("r.list['a']", "failure type"), Example("r.list[0.5]", "failure type"),
        Example("r.list[9223372036854775807]", "failure missing"),
        Example("r.list[18446744073709551615u]", "failure missing"),
        Example("r['x']", "failure missing line 1, column 2"),
        Example("{1: 'a'}[2]", "failure missing line 1, column 9"),
        Example("{1: 'a'}[1.0]", "a"), Example("has(r.name)", "true"), Example("has(r.missing)", "false"),
        Example("has(r.none)", "true"), Example("has(r.a.x)", "false"),
        Example("has(r.x.y)", "failure missing line 1, column 7"), Example("has(r.name.x)", "failure type"),
        Example("r.?a.b.c.orValue(0)", "1"), Example("r.?x.b.c.orValue(0)", "0"),
        Example("r.?a.?x.hasValue()", "false"),
        Example("r[?'a'].hasValue()", "true"), Example("r.list[?5].orValue('none')", "none"),
        Example("r.?name.x", "failure type"), Example("has(r.?x.y)", "false"),
        Example("optional.none().value()", "failure missing"), Example("optional.of(1).optMap(x, x + 1).value()", "2"),
        Example("optional.none().optMap(x, x + 1).hasValue()", "false"),
        Example("optional.of(1).optFlatMap(x, optional.none()).hasValue()", "false"),
        Example("optional.ofNonZeroValue('').hasValue()", "false"), Example("[?r.?x, ?r.?name]", "[web]"),
        Example("{?'a': r.?x, ?'b': r.?name}", "{b: web}"), Example("[?1]", "error type"),
        Example("[?dyn(1)]", "failure type"),
        Example("{'a': 1, 'a': 2}", "failure value line 1, column 10: a key stands twice"),
        Example("{1: 1, 1u: 2}", "failure value"), Example("{1.5: 1}", "failure type"),
        Example("{null: 1}", "failure type"),
        Example("r.missing == 1 || true", "true"), Example("r.missing == 1 && false", "false"),
    ]

    @Test(arguments: examples)
    func reads(example: Example) throws {
        let json = #"{"name": "web", "a": {"b": {"c": 1}}, "list": ["x", "y"], "none": null}"#
        example.check(["r": try CELValue.parse(json: Array(json.utf8))])
    }

    @Test("JSON by both roads gives the same values")
    func json() throws {
        let text = """
            {"a": [1, -1, 1.5, 1e3, true, false, null, "\\u00e9", ""], "big": 18446744073709551615, "o": {}, "l": [],
             "twice": 1, "twice": 2}
            """
        let parsed = try CELValue.parse(json: Array(text.utf8))
        let converted = CELValue(json: try JSONValue.parse(text))
        for (source, expected) in [
            ("r.a", "[1, -1, 1.5, 1000, true, false, null, é, ]"), ("r.twice", "1"), ("r.o.size() + r.l.size()", "0"),
            ("type(r.a[0]) == int && type(r.a[3]) == double", "true"),
        ] {
            Example(source, expected).check(["r": parsed])
            Example(source, expected).check(["r": converted])
        }
        Example("r.big", "18446744073709551615").check(["r": parsed])
    }

    @Test("broken JSON is refused with the place")
    func brokenJSON() {
        #expect(throws: MartletError.self) { try CELValue.parse(json: Array("{\"a\": }".utf8), file: "f") }
        #expect(throws: MartletError.self) { try CELValue.parse(json: []) }
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: MartletError.self) { try CELValue.parse(json: deep) }
    }

    @Test("maps of every size find each key and no other", arguments: [0, 1, 7, 8, 9, 16, 17, 100, 1000])
    func mapSizes(count: Int) throws {
        let keys = (0..<count).map { "key \($0)" }
        let map = try #require(
            CELMap(keys.enumerated().map { (CELValue.string($0.element), CELValue.int(Int64($0.offset))) }))
        for (index, key) in keys.enumerated() { #expect(map[key] == .int(Int64(index))) }
        #expect(map["key \(count)"] == nil && map[""] == nil && map.count == count)
    }
}
