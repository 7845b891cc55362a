/// What a version of a finding means for its FAIL. The raw value is stored in databases.
public enum Transition: Int, Sendable, Hashable {
    /// Neither.
    case none = 0
    /// The version before was FAIL and this one is PASS.
    case resolved = 1
    /// FAIL, and FAIL at some time before, but not in the version before.
    case reopened = 2
}
