import MartletCEL
import MartletCore

extension CompiledCheck {
    /// What the check says of an item. Never empty; where `each` finds no element, one outcome says that the check does
    /// not apply.
    public func evaluate(_ input: CheckInput) -> [CheckOutcome] {
        var variables = bindings(input)
        if let when {
            switch when.bool(variables) {
            case .success(true): break
            case .success(false): return [outcome(.notApplicable)]
            case .failure(let failure): return [error(failure)]
            }
        }
        guard let each else { return [decide(&variables)] }
        switch each.elements(variables) {
        case .failure(let failure): return [error(failure)]
        case .success(let elements):
            guard !elements.isEmpty else { return [outcome(.notApplicable)] }
            return elements.map { element in
                var inner = variables
                inner.set(CheckCompiler.firstSlot, element)
                return decide(&inner)
            }
        }
    }

    /// The values of the variables of every check; `let` and `each` have none yet.
    func bindings(_ input: CheckInput) -> CELBindings {
        environment.bindings([
            "resource": input.resource, "child": input.child, "parent": input.parent, "data": input.data,
            "param": parameters, "account": input.account, "now": input.now.celValue,
        ])
    }

    private func decide(_ variables: inout CELBindings) -> CheckOutcome {
        let first = CheckCompiler.firstSlot + (each == nil ? 0 : 1)
        for (index, program) in bindings.enumerated() {
            switch program.value(variables) {
            case .success(let value): variables.set(first + index, value)
            case .failure(let failure): return reported(error(failure), variables)
            }
        }
        return reported(verdict(variables), variables)
    }

    private func verdict(_ variables: CELBindings) -> CheckOutcome {
        var firstFailure: CheckFailure?
        for condition in fail {
            switch condition.program.bool(variables) {
            case .success(true): return outcome(.fail, condition, variables)
            case .success(false): break
            case .failure(let failure): firstFailure = firstFailure ?? failure
            }
        }
        if let firstFailure { return error(firstFailure) }
        for condition in manual {
            switch condition.program.bool(variables) {
            case .success(true): return outcome(.manual, condition, variables)
            case .success(false): break
            case .failure(let failure): return error(failure)
            }
        }
        switch pass?.bool(variables) {
        case .success(false): return outcome(.fail, nil, variables)
        case .failure(let failure): return error(failure)
        case .success(true), nil:
            return outcome(.pass, passMessage, else: definition.title, definition.severity, variables)
        }
    }

    private func outcome(
        _ verdict: CheckVerdict, _ condition: CompiledCondition?, _ variables: CELBindings
    ) -> CheckOutcome {
        outcome(
            verdict, condition?.message ?? failMessage, else: "Not so: \(definition.title)",
            condition?.severity ?? definition.severity, variables)
    }

    private func outcome(
        _ verdict: CheckVerdict, _ template: CompiledTemplate?, else fallback: String, _ severity: Severity,
        _ variables: CELBindings
    ) -> CheckOutcome {
        var failure: CheckFailure?
        let message = template?.text(variables, failure: &failure) ?? fallback
        var outcome = CheckOutcome(verdict, message: message, severity: severity)
        outcome.messageProblem = failure.map { "\($0.place): \($0.message)" }
        return outcome
    }

    private func outcome(_ verdict: CheckVerdict) -> CheckOutcome {
        CheckOutcome(verdict, severity: definition.severity)
    }

    private func error(_ failure: CheckFailure) -> CheckOutcome {
        var outcome = CheckOutcome(
            .error, message: failure.message, severity: definition.severity, place: failure.place)
        outcome.failedCall = failure.call
        return outcome
    }

    /// The outcome with what the check reports of its resource. Where that cannot be said, nothing can.
    private func reported(_ outcome: CheckOutcome, _ variables: CELBindings) -> CheckOutcome {
        var result = outcome
        do throws(CheckFailure) {
            result.id = try report.id?.text(variables)
            result.name = try report.name?.text(variables)
            result.type = try report.type?.text(variables)
            result.region = try report.region?.text(variables)
            result.discriminator = try report.discriminator?.text(variables) ?? ""
            return result
        } catch {
            return outcome.verdict == .error ? outcome : self.error(error)
        }
    }
}
