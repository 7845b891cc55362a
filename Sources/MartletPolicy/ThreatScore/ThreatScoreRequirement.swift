/// A requirement as ThreatScore weighs it.
public struct ThreatScoreRequirement: Sendable, Hashable {
    /// The requirement's id in its framework; frameworks may repeat one.
    public var id: String
    /// The section it belongs to, for example `1. IAM`; may be empty.
    public var section: String
    /// `LevelOfRisk` of the framework, 1 (low) to 5 (high).
    public var levelOfRisk: Int
    /// `Weight` of the framework, 1 to 1000 in Prowler's files.
    public var weight: Int
    /// The mapped checks as indexes into the totals, ascending and distinct.
    public let checks: [Int32]
    /// How many more checks are mapped that occur in no finding and in no coverage of the account.
    public let missing: Int32

    /// Sorts the indexes and drops repetitions; a negative `missing` counts as 0.
    public init(
        id: String, section: String, levelOfRisk: Int, weight: Int, checks: [Int32], missing: Int32 = 0
    ) {
        let compiled = CompiledRequirement(checks: checks, missing: missing)
        self.id = id
        self.section = section
        self.levelOfRisk = levelOfRisk
        self.weight = weight
        self.checks = compiled.checks
        self.missing = compiled.missing
    }
}
