import MartletCEL
import MartletCore

/// A check's examples run against it.
public struct CheckProof: Sendable {
    /// What an example did not do as it says.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// Where the example stands, `file:line:column`.
        public let place: String
        /// The example's name.
        public let example: String
        /// What was expected and what came.
        public let message: String

        /// `PLACE: example 'NAME': MESSAGE`.
        public var description: String { "\(place): example '\(example)': \(message)" }
    }

    /// How many examples were run.
    public let examples: Int
    /// What was not as it should be, in the order of the examples; empty when all is well.
    public let problems: [Problem]

    /// Runs all examples of a check. Throws ``MartletError`` when the check cannot be compiled.
    public init(_ definition: CheckDefinition) throws(MartletError) {
        // Most examples take the default parameters, and compiling costs more than running.
        let compiled = try CompiledCheck(definition)
        var problems: [Problem] = []
        for example in definition.examples {
            func note(_ message: String) {
                problems.append(Problem(place: example.place, example: example.name, message: message))
            }
            do throws(MartletError) {
                let check =
                    example.parameters.isEmpty
                    ? compiled : try CompiledCheck(definition, parameters: example.parameters)
                Self.compare(check.evaluate(example.input(for: definition)), example, note)
            } catch {
                note(error.description)
            }
        }
        examples = definition.examples.count
        self.problems = problems
    }

    private static func compare(_ outcomes: [CheckOutcome], _ example: CheckExample, _ note: (String) -> Void) {
        guard let worst = outcomes.min(by: { $0.verdict < $1.verdict }) else { return note("no outcome") }
        if worst.verdict != example.verdict {
            note("expected \(example.verdict.rawValue), got \(words(worst))")
        }
        if let message = example.message, message != worst.message {
            note("expected the message \"\(message)\", got \"\(worst.message)\"")
        }
        if let severity = example.severity, severity != worst.severity {
            note("expected the severity \(severity.name), got \(worst.severity.name)")
        }
        for outcome in outcomes {
            if let problem = outcome.messageProblem { note("the message lacks a value: \(problem)") }
        }
        guard let expected = example.outcomes else { return }
        guard expected.count == outcomes.count else {
            return note("expected \(expected.count) outcomes, got \(outcomes.count)")
        }
        for (index, pair) in zip(expected, outcomes).enumerated() {
            compare(pair.1, pair.0) { note("outcome \(index + 1): \($0)") }
        }
    }

    private static func compare(
        _ outcome: CheckOutcome, _ expected: CheckExampleOutcome, _ note: (String) -> Void
    ) {
        if expected.verdict != outcome.verdict {
            note("expected \(expected.verdict.rawValue), got \(words(outcome))")
        }
        if let id = expected.id, id != outcome.id { note("expected the id \(id), got \(outcome.id ?? "none")") }
        if let message = expected.message, message != outcome.message {
            note("expected the message \"\(message)\", got \"\(outcome.message)\"")
        }
        if let severity = expected.severity, severity != outcome.severity {
            note("expected the severity \(severity.name), got \(outcome.severity.name)")
        }
    }

    private static func words(_ outcome: CheckOutcome) -> String {
        outcome.message.isEmpty ? outcome.verdict.rawValue : "\(outcome.verdict.rawValue): \(outcome.message)"
    }
}
