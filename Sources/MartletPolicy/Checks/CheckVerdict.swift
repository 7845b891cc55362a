/// What a check says of one item, or of one element of it. Ordered from the worst.
public enum CheckVerdict: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The resource violates the check.
    case fail
    /// It could not be decided: a field is missing, a type is another. Never a PASS.
    case error
    /// A person has to decide.
    case manual
    /// The resource satisfies the check.
    case pass
    /// The check says nothing of this resource.
    case notApplicable = "not_applicable"

    /// The worse first.
    public static func < (left: CheckVerdict, right: CheckVerdict) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
