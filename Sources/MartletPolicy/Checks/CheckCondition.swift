import MartletCore

/// An entry of a check's `fail` or `manual`: what must hold, and what is then said.
public struct CheckCondition: Sendable, Hashable {
    /// Holds where it is true.
    public let expression: CheckExpression
    /// What the finding says; nil takes the check's message.
    public let message: CheckTemplate?
    /// How bad it is; nil takes the check's severity.
    public let severity: Severity?

    /// Makes a condition from its parts.
    public init(expression: CheckExpression, message: CheckTemplate? = nil, severity: Severity? = nil) {
        self.expression = expression
        self.message = message
        self.severity = severity
    }
}
