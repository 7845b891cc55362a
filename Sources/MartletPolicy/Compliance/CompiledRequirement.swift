/// A requirement with its checks as indexes into a ``TallyGrid``.
///
/// An index that the grid does not have counts like a missing check: in the total, and nowhere else.
public struct CompiledRequirement: Sendable, Hashable {
    /// The mapped checks, ascending and distinct.
    public let checks: [Int32]
    /// How many more checks are mapped that occur in no finding and in no coverage of the account; never negative.
    public let missing: Int32
    /// The checks whose configuration constraint the scan's configuration violates, ascending and distinct.
    public let violatedChecks: [Int32]

    /// Sorts the indexes and drops repetitions; a negative `missing` counts as 0.
    public init(checks: [Int32], missing: Int32 = 0, violatedChecks: [Int32] = []) {
        self.checks = Self.normalized(checks)
        self.missing = max(0, missing)
        self.violatedChecks = Self.normalized(violatedChecks)
    }

    /// How many checks are mapped.
    public var totalChecks: Int32 { Int32(clamping: checks.count + Int(missing)) }

    private static func normalized(_ indexes: [Int32]) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(indexes.count)
        for index in indexes.sorted() where result.last != index { result.append(index) }
        return result
    }
}
