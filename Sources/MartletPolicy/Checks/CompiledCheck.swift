import MartletCEL
import MartletCore

/// A check that is ready to run: its expressions compiled, its parameters bound. Pure; use it from any thread.
///
/// For each item, or each element where the check has `each`: `when` first; then `let`; then `fail` in order, of which
/// the first that holds decides, whatever an earlier one's error; then an error, if there was one; then `manual`; else it
/// passes. With `pass` instead of `fail`, false fails. **What cannot be decided is an error, never a PASS.**
public struct CompiledCheck: Sendable {
    /// What was compiled.
    public let definition: CheckDefinition
    let parameters: CELValue
    let environment: CELEnvironment
    let when: CheckProgram?
    let each: CheckProgram?
    let bindings: [CheckProgram]
    let pass: CheckProgram?
    let fail: [CompiledCondition]
    let manual: [CompiledCondition]
    let passMessage: CompiledTemplate?
    let failMessage: CompiledTemplate?
    let report: CompiledReport

    /// Compiles a check.
    ///
    /// - Parameters:
    ///   - parameters: Values that differ from the defaults, by name.
    /// - Throws: ``MartletError`` (`invalidInput`): an expression that is not CEL, with its place; a parameter the check
    ///   does not have, or a value it does not take.
    public init(
        _ definition: CheckDefinition, parameters: [String: JSONValue] = [:]
    ) throws(MartletError) {
        self.definition = definition
        self.parameters = CELValue(json: .object(try Self.values(of: definition, parameters)))
        let compiler = CheckCompiler(definition)
        environment = compiler.environment
        when = try compiler.optional(definition.when, .item)
        each = try compiler.optional(definition.each?.list, .item)
        bindings = try compiler.bindings()
        pass = try compiler.optional(definition.pass, .all)
        fail = try compiler.conditions(definition.fail)
        manual = try compiler.conditions(definition.manual)
        passMessage = try compiler.template(definition.passMessage)
        failMessage = try compiler.template(definition.failMessage)
        report = try compiler.report(definition.report)
    }

    private static func values(
        of definition: CheckDefinition, _ given: [String: JSONValue]
    ) throws(MartletError) -> [JSONValue.Member] {
        let names = definition.parameters.map(\.name)
        if let unknown = given.keys.sorted().first(where: { !names.contains($0) }) {
            throw MartletError(
                .invalidInput,
                "the check \(definition.id) has no parameter '\(unknown)'\(Suggestion.hint(unknown, names))")
        }
        var values: [JSONValue.Member] = []
        for parameter in definition.parameters {
            values.append(
                JSONValue.Member(parameter.name, try parameter.accept(given[parameter.name] ?? parameter.defaultValue)))
        }
        return values
    }
}
