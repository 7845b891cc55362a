import MartletCEL
import Testing

@Suite("CEL environments")
struct EnvironmentTests {
    private static func double(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .int(let number) = value else { throw CELFault.noOverload }
        try budget.work(1)
        return .int(number * 2)
    }

    @Test("functions can be added, and are checked like others")
    func functions() throws {
        let function = CELFunction("my.double", .global, [.init([.int], .int)], .one(Self.double))
        let environment = CELEnvironment(variables: [CELVariable("x")], functions: [function])
        let program = try CELProgram("my.double(x) + my.double(4)", environment: environment)
        #expect(program.resultType == .int)
        #expect(program.evaluate(environment.bindings(["x": .int(1)])) == .success(.int(10)))
        guard case .failure(let failure) = program.evaluate(environment.bindings(["x": .string("a")])) else {
            Issue.record("expected a failure")
            return
        }
        #expect(failure.kind == .type && failure.place.column == 4 && failure.place.offset == 3)
        #expect(throws: CELError.self) { try CELProgram("my.double('a')", environment: environment) }
        #expect(throws: CELError.self) { try CELProgram("my.double(1, 2)", environment: environment) }
    }

    @Test("a variable without a value is an error where it is used, and only there")
    func unbound() throws {
        let environment = CELEnvironment(variables: [CELVariable("x", .bool), CELVariable("y", .int)])
        let program = try CELProgram("x || y > 1", environment: environment)
        var bindings = environment.bindings(["x": .bool(true), "z": .int(1)])
        #expect(program.test(bindings) == .success(true))
        bindings.set(try #require(environment.slot(of: "x")), nil)
        guard case .failure(let failure) = program.test(bindings) else {
            Issue.record("expected a failure")
            return
        }
        #expect(failure.kind == .missing && failure.message == "the variable 'x' has no value")
        bindings.set(try #require(environment.slot(of: "y")), .int(2))
        #expect(program.test(bindings) == .success(true))
        bindings.set(99, .int(1))
        #expect(environment.slot(of: "z") == nil)
    }

    @Test(
        "types of results are known where those of the parts are",
        arguments: [
            ("1 + x", CELType.int), ("d", .dyn), ("d + 1", .dyn), ("[1, 2]", .list(.int)), ("[1, 'a']", .list(.dyn)),
            ("{'a': 1.0}", .map(.string, .double)),
            ("x > 1", .bool), ("[1].map(y, string(y))", .list(.string)), ("true ? 1 : 'a'", .dyn), ("d.a.b", .dyn),
            ("{'a': x}.?a", .optional(.int)),
            ("timestamp(0) - timestamp(0)", .duration), ("{'a': 1}.transformMap(k, v, k)", .map(.string, .string)),
            ("size('a')", .int), ("type(1)", .type),
        ])
    func resultTypes(source: String, type: CELType) throws {
        let environment = CELEnvironment(variables: [CELVariable("x", .int), CELVariable("d")])
        #expect(try CELProgram(source, environment: environment).resultType == type)
    }

    @Test("a condition whose value is no boolean is a failure")
    func conditions() throws {
        let environment = CELEnvironment(variables: [CELVariable("x")])
        let program = try CELProgram("x", environment: environment)
        #expect(program.test(environment.bindings(["x": .bool(false)])) == .success(false))
        guard case .failure(let failure) = program.test(environment.bindings(["x": .int(1)])) else {
            Issue.record("expected a failure")
            return
        }
        #expect(failure.description == "line 1, column 1: expected a bool")
    }

    @Test("one program is evaluated by many tasks at once")
    func concurrency() async throws {
        let environment = CELEnvironment(variables: [CELVariable("x", .int)])
        let program = try CELProgram("[1, 2, 3].map(y, y * x).exists(z, z == 2 * x)", environment: environment)
        let all = await withTaskGroup(of: Bool.self) { group in
            for task in 1...8 {
                group.addTask {
                    (0..<200).allSatisfy { round in
                        program.test(environment.bindings(["x": .int(Int64(task * 1000 + round))])) == .success(true)
                    }
                }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(all)
    }

    @Test("places count lines, code points and bytes")
    func places() {
        #expect(Evaluation.text("true &&\n  'é' == 'é' && 1 / 0 == 0").hasPrefix("failure value line 2, column 19"))
        #expect(Evaluation.text("[1,\n2].map(x,\n x / 0)").hasPrefix("failure value line 3, column 4"))
    }
}
