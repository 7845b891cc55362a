import MartletCEL
import MartletCore

/// One test in the form of `cel.expr.conformance.test.SimpleTest` as JSON.
public struct ConformanceTest: Sendable {
    /// The section and the name, joined by `/`.
    public let name: String
    /// The expression.
    public let expression: String
    let expectation: Expectation
    let variables: [CELVariable]
    let bindings: [String: CELValue]
    let checks: Bool

    /// What must come of it.
    enum Expectation: Sendable {
        case value(CELValue)
        case error
        /// Something that this reader does not know.
        case unknown(String)
    }

    /// What became of a test.
    public enum Outcome: Sendable, Hashable {
        /// As expected.
        case passed
        /// Not as expected, and what came instead.
        case failed(String)
    }

    init(_ json: JSONValue, section: String) {
        name = section + "/" + (json["name"]?.stringValue ?? "")
        expression = json["expr"]?.stringValue ?? ""
        checks = json["disable_check"] != .bool(true)
        variables = (json["type_env"]?.arrayValue ?? []).compactMap { declaration in
            guard let name = declaration["name"]?.stringValue, let ident = declaration["ident"] else { return nil }
            return CELVariable(name, ConformanceValues.type(ident["type"] ?? .null))
        }
        var bindings: [String: CELValue] = [:]
        for member in json["bindings"]?.objectValue ?? [] {
            bindings[member.key] = ConformanceValues.value(member.value["value"] ?? .null)
        }
        self.bindings = bindings
        expectation = ConformanceTest.expectation(json)
    }

    private static func expectation(_ json: JSONValue) -> Expectation {
        if let expected = json["value"] {
            return ConformanceValues.value(expected).map { .value($0) }
                ?? .unknown("the expected value is \(expected.text)")
        }
        if json["eval_error"] != nil || json["any_eval_errors"] != nil { return .error }
        for key in ["typed_result", "unknown", "any_unknowns"] where json[key] != nil {
            return .unknown("it expects \(key)")
        }
        // Without an expectation the expression must be true.
        return .value(.bool(true))
    }

    /// Compiles and evaluates the expression and compares what comes of it.
    public func run() -> Outcome {
        // A name with a value but without a declaration is one of any type.
        let declared = Set(variables.map(\.name))
        let undeclared = bindings.keys.filter { !declared.contains($0) }.sorted().map { CELVariable($0) }
        let environment = CELEnvironment(variables: variables + undeclared, checks: checks)
        let result: Result<CELValue, CELFailure>
        do throws(CELError) {
            result = try CELProgram(expression, environment: environment).evaluate(environment.bindings(bindings))
        } catch {
            if case .error = expectation { return .passed }
            return .failed("not compiled: \(error)")
        }
        switch (expectation, result) {
        case (.unknown(let reason), _): return .failed(reason)
        case (.error, .failure): return .passed
        case (.error, .success(let value)): return .failed("expected an error, got \(ConformanceValues.text(value))")
        case (.value, .failure(let failure)): return .failed("evaluation failed: \(failure)")
        case (.value(let expected), .success(let value)):
            guard !ConformanceValues.areSame(expected, value) else { return .passed }
            return .failed("expected \(ConformanceValues.text(expected)), got \(ConformanceValues.text(value))")
        }
    }
}
