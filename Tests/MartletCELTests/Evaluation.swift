import MartletCEL
import Testing

/// What comes of an expression, as text: a value as `%s` shows it, or the kind and message of an error.
enum Evaluation {
    static func text(
        _ source: String, _ values: [String: CELValue] = [:], limits: CELLimits = CELLimits(), checks: Bool = true
    ) -> String {
        let variables = values.keys.sorted().map { CELVariable($0) }
        let environment = CELEnvironment(variables: variables, limits: limits, checks: checks)
        do throws(CELError) {
            let program = try CELProgram(source, environment: environment)
            switch program.evaluate(environment.bindings(values)) {
            case .success(let value): return value.description
            case .failure(let failure): return "failure \(failure.kind.rawValue) \(failure)"
            }
        } catch {
            return "error \(error.kind.rawValue) \(error)"
        }
    }
}

/// An expression and what must come of it; of an error the beginning.
struct Example: Sendable, CustomTestStringConvertible {
    let source: String
    let expected: String

    init(_ source: String, _ expected: String) {
        self.source = source
        self.expected = expected
    }

    var testDescription: String { source }

    func check(_ values: [String: CELValue] = [:], checks: Bool = true, location: SourceLocation = #_sourceLocation) {
        let text = Evaluation.text(source, values, checks: checks)
        let isError = expected.hasPrefix("failure") || expected.hasPrefix("error")
        #expect(isError ? text.hasPrefix(expected) : text == expected, "\(source): \(text)", sourceLocation: location)
    }
}
