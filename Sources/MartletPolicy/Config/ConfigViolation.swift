import MartletCore

/// The scanner's configuration does not satisfy a ``ConfigConstraint``.
public struct ConfigViolation: Sendable, Hashable {
    /// What was demanded.
    public let constraint: ConfigConstraint
    /// The configured value.
    public let actual: JSONValue
    /// The configured value could not be compared at all, for example a text where a number is needed.
    public let isTypeMismatch: Bool

    /// A violation of `constraint` by the configured value `actual`.
    public init(constraint: ConfigConstraint, actual: JSONValue, isTypeMismatch: Bool) {
        self.constraint = constraint
        self.actual = actual
        self.isTypeMismatch = isTypeMismatch
    }

    /// One sentence for a person: what is configured and what the requirement needs.
    public var explanation: String {
        let configured = "\(constraint.check) ran with \(constraint.key) = \(Self.shortened(actual))"
        let needed = "the requirement needs \(phrase) \(Self.shortened(constraint.value))"
        return isTypeMismatch
            ? "\(configured), which cannot be compared: \(needed)." : "\(configured), but \(needed)."
    }

    private var phrase: String {
        switch constraint.operation {
        case .atMost: "at most"
        case .atLeast: "at least"
        case .equal: "exactly"
        case .oneOf: "one of"
        case .subset: "nothing besides"
        case .superset: "all of"
        }
    }

    /// Configured lists can be long; a sentence is not.
    private static func shortened(_ value: JSONValue) -> String {
        let text = value.text
        return text.count <= 120 ? text : text.prefix(117) + "..."
    }
}
