import MartletCEL
import MartletCore
import MartletFormats
import MartletPolicy
import Testing

@Suite("Running a check")
struct CheckEvaluationTests {
    private func outcomes(
        _ rest: String, _ resource: String = "{}", parameters: [String: JSONValue] = [:]
    ) throws -> [CheckOutcome] {
        let check = try CompiledCheck(try CheckTexts.read(rest), parameters: parameters)
        let item = try JSONValue.parse(resource).withoutNullMembers
        return check.evaluate(
            CheckInput(
                resource: CELValue(json: item), child: .map(.empty), parent: .map(.empty), data: .map(.empty),
                account: CELValue(json: CheckExample.defaultAccount), now: CheckExample.defaultNow))
    }

    @Test("A field that is missing is an error with its place, not a pass, and null is missing")
    func missingField() throws {
        for resource in ["{}", #"{"a": null}"#] {
            let outcome = try #require(try outcomes("pass: resource.a", resource).first)
            #expect(outcome.verdict == .error && outcome.place == "my.yaml:11:7")
            #expect(outcome.message.contains("'a'") && outcome.message.contains("line 1, column"))
        }
    }

    @Test("What gives neither true nor false is an error", arguments: [#""true""#, "1", "null", "[]", "{}"])
    func noTruthValue(value: String) throws {
        for rest in ["pass: resource.a", "fail: [{if: resource.a}]", "when: resource.a\npass: true"] {
            #expect(try outcomes(rest, #"{"a": \#(value)}"#).first?.verdict == .error, "\(rest)")
        }
    }

    @Test("An error in one fail condition neither hides another's FAIL nor becomes a PASS")
    func errorsAmongConditions() throws {
        let rest = """
            fail:
              - {if: resource.missing, message: first}
              - {if: resource.bad, message: "second {{ resource.name }}", severity: low}
            """
        let failed = try #require(try outcomes(rest, #"{"bad": true, "name": "n"}"#).first)
        #expect(failed.verdict == .fail && failed.message == "second n" && failed.severity == .low)
        #expect(try outcomes(rest, #"{"bad": false}"#).first?.verdict == .error)
        #expect(try outcomes(rest, #"{"bad": false, "missing": false}"#).first?.verdict == .pass)
    }

    @Test("fail before manual before pass; when before all")
    func order() throws {
        let rest = """
            when: resource.w
            fail: [{if: resource.f, message: f}]
            manual: [{if: resource.m, message: m}]
            """
        func verdict(_ w: Bool, _ f: Bool, _ m: Bool) throws -> CheckVerdict? {
            try outcomes(rest, #"{"w": \#(w), "f": \#(f), "m": \#(m)}"#).first?.verdict
        }
        for f in [false, true] {
            for m in [false, true] {
                #expect(try verdict(false, f, m) == .notApplicable)
                #expect(try verdict(true, f, m) == (f ? .fail : m ? .manual : .pass))
            }
        }
        #expect(try outcomes(rest, #"{"w": true, "f": false}"#).first?.verdict == .error)
    }

    @Test("each: one outcome for each element with what it reports; none means not applicable")
    func each() throws {
        let rest = """
            each: {in: resource.list, as: e}
            let: {double: e.n * 2}
            pass: double > 2
            messages: {fail: "{{ e.n }} of {{ resource.list.map(x, x.n) }}"}
            report: {id: '"id" + string(e.n)', discriminator: string(double), region: '""'}
            """
        let all = try outcomes(rest, #"{"list": [{"n": 1}, {"n": 2}, {}]}"#)
        #expect(all.map(\.verdict) == [.fail, .pass, .error])
        #expect(all[0].id == "id1" && all[0].discriminator == "2" && all[0].region == "" && all[0].name == nil)
        #expect(all[0].messageProblem != nil && all[0].message == "1 of ?")
        #expect(try outcomes(rest, #"{"list": []}"#).map(\.verdict) == [.notApplicable])
        #expect(try outcomes(rest, "{}").map(\.verdict) == [.error])
    }

    @Test("A resource that cannot be named has no verdict")
    func unnamed() throws {
        let rest = "pass: true\nreport: {id: resource.id}"
        #expect(try outcomes(rest, #"{"id": "x"}"#).first?.verdict == .pass)
        #expect(try outcomes(rest, #"{"id": 1}"#).first?.verdict == .error)
        #expect(try outcomes(rest, "{}").first?.place == "my.yaml:12:14")
    }

    @Test("A call that failed: what needs its answer is an error that names it, what is decided without it stands")
    func failedCalls() throws {
        func verdict(_ rest: String, child: [(String, CELValue)], data: CELValue = .map(.empty)) throws -> CheckOutcome
        {
            let children = CELMap(child.map { (CELValue.string($0.0), $0.1) }).map { CELValue.map($0) } ?? .null
            let check = try CompiledCheck(try CheckTexts.read("needs: [disks, logs]\n" + rest))
            let outcomes = check.evaluate(
                CheckInput(
                    resource: .map(.empty), child: children, parent: .map(.empty), data: data, account: .map(.empty),
                    now: CheckExample.defaultNow))
            return try #require(outcomes.first)
        }
        func disk(_ bad: Bool) throws -> CELValue { CELValue(json: try JSONValue.parse(#"{"bad": \#(bad)}"#)) }
        let failed = CELValue.failure("call 7")
        let disks = "fail: [{if: 'child.disks.exists(d, d.bad)'}]"
        let one = try verdict(disks, child: [("disks", .list(CELList([failed, try disk(true)])))])
        #expect(one.verdict == .fail && one.failedCall == nil)
        let none = try verdict(disks, child: [("disks", .list(CELList([failed, try disk(false)])))])
        #expect(none.verdict == .error && none.failedCall == "call 7")
        for expression in [
            "child.logs == 1", "has(child.logs)", "child.?logs.orValue(true)", "size(child.logs) == 0", "child['logs']",
            "!has(child.logs)", "child.logs.?x.orValue(true)", "!(child.?logs.hasValue())",
        ] {
            let outcome = try verdict("pass: \"\(expression)\"", child: [("logs", failed)])
            #expect(outcome.verdict == .error && outcome.failedCall == "call 7", "\(expression)")
        }
        let either = "each: {in: '[1, 2]', as: e}\nreport: {discriminator: string(e)}\npass: e == 1 || child.logs"
        #expect(try verdict(either, child: [("logs", failed)]).verdict == .pass)
        let missing = try verdict("pass: child.nothing", child: [])
        #expect(missing.verdict == .error && missing.failedCall == nil)
    }

    @Test("Parameters: the default, a change, and what is refused")
    func parameters() throws {
        let rest = """
            pass: resource.n >= param.days
            parameters: {days: {type: int, default: 5, minimum: 1, maximum: 9, description: d}}
            """
        #expect(try outcomes(rest, #"{"n": 6}"#).first?.verdict == .pass)
        #expect(try outcomes(rest, #"{"n": 6}"#, parameters: ["days": .int(7)]).first?.verdict == .fail)
        for (name, value) in [("days", JSONValue.int(0)), ("days", .string("7")), ("day", .int(7))] {
            let error = #expect(throws: MartletError.self) { try outcomes(rest, parameters: [name: value]) }
            #expect(error?.code == .invalidInput)
        }
    }

    @Test(
        "A name that is not there is refused when the check is compiled",
        arguments: [
            "pass: resorce.a", "when: x\nlet: {x: 'true'}\npass: true", "pass: true\nlet: {a: b, b: '1'}", "pass: 1 +",
            "pass: true\nmessages: {pass: '{{ nobody }}'}",
        ])
    func unknownNames(rest: String) throws {
        let check = try CheckTexts.read(rest)
        let error = #expect(throws: MartletError.self) { try CompiledCheck(check) }
        #expect(error?.place?.hasPrefix("my.yaml:1") == true && error?.code == .invalidInput)
    }

    @Test("Data of other collectors: lists, maps to one, maps to many, all keys in lower case")
    func arrangements() throws {
        let items = try [#"{"id": "A/B", "p": {"t": "X"}}"#, #"{"id": "c", "p": {"t": "x"}}"#, #"{"id": "d"}"#].map {
            CELValue(json: try JSONValue.parse($0))
        }
        func keys(_ arrangement: CheckData.Arrangement) -> [String] {
            guard case .map(let map) = CheckData(name: "d", collector: "c", arrangement: arrangement).arrange(items)
            else { return [] }
            return map.keys.map { if case .string(let key) = $0 { key } else { "?" } }
        }
        #expect(keys(.index(path: ["id"])) == ["a/b", "c", "d"])
        #expect(keys(.group(path: ["p", "t"])) == ["x"])
        guard
            case .map(let groups) = CheckData(name: "d", collector: "c", arrangement: .group(path: ["p", "t"]))
                .arrange(items), case .list(let list)? = groups["x"]
        else { throw MartletError(.invalidInput, "no group") }
        #expect(list.count == 2)
    }
}
