import MartletCore

/// What a check said of one item, or of one element of it.
public struct CheckOutcome: Sendable, Hashable {
    /// What it said.
    public var verdict: CheckVerdict
    /// One or more sentences about the resource; for an error, what is wrong. Empty where the check does not apply.
    public var message: String
    /// How bad a FAIL of this kind is.
    public var severity: Severity
    /// Where in the check's file an error arose, `file:line:column`; nil without an error.
    public var place: String?
    /// Why the message could not be filled in wholly, and where; nil when it was.
    public var messageProblem: String?
    /// For an error, the failed call whose answer the check needed; nil when the check itself is to blame.
    public var failedCall: String?
    /// The resource's identifier, where the check reports another than the collector.
    public var id: String?
    /// The resource's name, where the check reports another.
    public var name: String?
    /// The resource's type, where the check reports another.
    public var type: String?
    /// The resource's region, where the check reports another; empty means none.
    public var region: String?
    /// What tells apart several findings of one resource; empty when there is one.
    public var discriminator = ""

    /// Makes an outcome that overrides nothing of the resource.
    public init(_ verdict: CheckVerdict, message: String = "", severity: Severity, place: String? = nil) {
        self.verdict = verdict
        self.message = message
        self.severity = severity
        self.place = place
    }
}
