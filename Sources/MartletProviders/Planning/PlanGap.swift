/// A check that cannot be run, and why.
public struct PlanGap: Sendable, Hashable {
    /// The check's id.
    public var check: String
    /// One sentence for the user.
    public var reason: String

    /// Makes a gap.
    public init(check: String, reason: String) {
        self.check = check
        self.reason = reason
    }
}
