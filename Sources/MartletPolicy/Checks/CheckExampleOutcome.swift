import MartletCore

/// One of several outcomes that an example must get; what is nil does not matter.
public struct CheckExampleOutcome: Sendable, Hashable {
    /// The verdict.
    public var verdict: CheckVerdict
    /// The identifier reported.
    public var id: String?
    /// The message, to the letter.
    public var message: String?
    /// The severity.
    public var severity: Severity?

    /// Makes it from its parts.
    public init(verdict: CheckVerdict, id: String? = nil, message: String? = nil, severity: Severity? = nil) {
        self.verdict = verdict
        self.id = id
        self.message = message
        self.severity = severity
    }
}
