import MartletCEL
import MartletCore

/// An expression of a check, compiled; its failures name the place in the check's file.
struct CheckProgram: Sendable {
    private let program: CELProgram
    private let place: String

    init(_ expression: CheckExpression, environment: CELEnvironment) throws(MartletError) {
        place = expression.place
        do {
            program = try CELProgram(expression.source, environment: environment)
        } catch {
            throw MartletError(
                .invalidInput, "\(error.message) (\(error.place) of the expression)", place: expression.place)
        }
    }

    /// What is known of the result before it runs.
    var resultType: CELType { program.resultType }

    func value(_ bindings: CELBindings) -> Result<CELValue, CheckFailure> {
        program.evaluate(bindings).mapError(failure)
    }

    func bool(_ bindings: CELBindings) -> Result<Bool, CheckFailure> {
        program.test(bindings).mapError(failure)
    }

    /// The elements of a list, or the keys of a map.
    func elements(_ bindings: CELBindings) -> Result<ContiguousArray<CELValue>, CheckFailure> {
        value(bindings).flatMap { value in
            switch value {
            case .list(let list): .success(list.elements)
            case .map(let map): .success(map.keys)
            default: .failure(CheckFailure(message: "expected a list, found \(value.kindInWords)", place: place))
            }
        }
    }

    func text(_ bindings: CELBindings) throws(CheckFailure) -> String {
        switch value(bindings) {
        case .success(.string(let text)): return text
        case .success(let other):
            throw CheckFailure(message: "expected text, found \(other.kindInWords)", place: place)
        case .failure(let failure): throw failure
        }
    }

    private func failure(_ failure: CELFailure) -> CheckFailure {
        CheckFailure(
            message: "\(failure.message) (\(failure.place) of the expression)", place: place,
            call: failure.kind == .given ? failure.message : nil)
    }
}
