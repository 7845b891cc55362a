import MartletCore

/// Translates frameworks into indexes of one account's tallies: pure.
public struct FrameworkCompiler: Sendable {
    private let provider: Provider
    private let checks: [String: Int32]
    private let config: JSONValue?

    /// - Parameters:
    ///   - checks: The index of each check that the account has findings or coverage of.
    ///   - config: The provider's section of the scanner's configuration; nil when it is not known.
    public init(provider: Provider, checks: [String: Int32], config: JSONValue?) {
        self.provider = provider
        self.checks = checks
        self.config = config
    }

    /// The framework for the evaluator.
    public func compile(_ framework: Framework) -> CompiledFramework {
        CompiledFramework(
            requirements: framework.requirements.map { requirement in
                let (known, missing) = indexes(of: requirement)
                return CompiledRequirement(checks: known, missing: missing, violatedChecks: violated(requirement))
            })
    }

    /// The framework's requirements for the ThreatScore.
    public func threatScore(_ framework: Framework) -> [ThreatScoreRequirement] {
        framework.requirements.map { requirement in
            let (known, missing) = indexes(of: requirement)
            return ThreatScoreRequirement(
                id: requirement.id, section: requirement.section ?? "",
                levelOfRisk: requirement.levelOfRisk ?? 0, weight: requirement.weight ?? 0, checks: known,
                missing: missing)
        }
    }

    private func indexes(of requirement: Requirement) -> (known: [Int32], missing: Int32) {
        let mapped = Set(requirement.checks(for: provider))
        let known = mapped.compactMap { checks[$0] }
        return (known, Int32(clamping: mapped.count - known.count))
    }

    private func violated(_ requirement: Requirement) -> [Int32] {
        requirement.configConstraints.compactMap { constraint in
            guard constraint.applies(to: provider), constraint.violation(in: config) != nil else { return nil }
            return checks[constraint.check]
        }
    }
}
