import MartletCEL
import MartletCore

/// Compiles the expressions of one check.
struct CheckCompiler {
    /// Which variables an expression sees beside those of every check.
    enum Scope {
        /// None.
        case item
        /// The element of `each` and all of `let`.
        case all
    }

    private let definition: CheckDefinition

    /// The variables of every check, then the element of `each`, then all of `let`. Environments of fewer variables are a
    /// beginning of this list, so that one set of bindings serves all programs.
    let environment: CELEnvironment
    private let itemEnvironment: CELEnvironment

    init(_ definition: CheckDefinition) {
        self.definition = definition
        let each = definition.each.map { [$0.name] } ?? []
        itemEnvironment = Self.environment(CheckReader.variables)
        environment = Self.environment(CheckReader.variables + each + definition.bindings.map(\.name))
    }

    /// The position of the first variable that is not one of every check.
    static let firstSlot = CheckReader.variables.count

    private static func environment(_ names: [String]) -> CELEnvironment {
        CELEnvironment(variables: names.map { CELVariable($0, $0 == "now" ? .timestamp : .dyn) })
    }

    func optional(_ expression: CheckExpression?, _ scope: Scope) throws(MartletError) -> CheckProgram? {
        guard let expression else { return nil }
        return try CheckProgram(expression, environment: scope == .all ? environment : itemEnvironment)
    }

    /// Each sees those before it.
    func bindings() throws(MartletError) -> [CheckProgram] {
        var names = CheckReader.variables + (definition.each.map { [$0.name] } ?? [])
        var programs: [CheckProgram] = []
        for binding in definition.bindings {
            programs.append(try CheckProgram(binding.expression, environment: Self.environment(names)))
            names.append(binding.name)
        }
        return programs
    }

    func conditions(_ conditions: [CheckCondition]) throws(MartletError) -> [CompiledCondition] {
        var compiled: [CompiledCondition] = []
        for condition in conditions {
            compiled.append(
                CompiledCondition(
                    program: try CheckProgram(condition.expression, environment: environment),
                    message: try template(condition.message), severity: condition.severity))
        }
        return compiled
    }

    func template(_ template: CheckTemplate?) throws(MartletError) -> CompiledTemplate? {
        guard let template else { return nil }
        var parts: [CompiledTemplate.Part] = []
        for part in template.parts {
            switch part {
            case .text(let text): parts.append(.text(text))
            case .expression(let expression):
                parts.append(.program(try CheckProgram(expression, environment: environment)))
            }
        }
        return CompiledTemplate(parts: parts)
    }

    func report(_ report: CheckReport) throws(MartletError) -> CompiledReport {
        CompiledReport(
            id: try optional(report.id, .all), name: try optional(report.name, .all),
            type: try optional(report.type, .all), region: try optional(report.region, .all),
            discriminator: try optional(report.discriminator, .all))
    }

}
