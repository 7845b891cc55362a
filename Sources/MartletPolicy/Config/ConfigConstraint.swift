import MartletCore

/// A demand of a requirement on the scanner's configuration.
///
/// A check such as "access keys are rotated" passes or fails by a threshold that the scanner was configured with. The
/// requirement is satisfied only when that threshold was at least as strict as the constraint says.
public struct ConfigConstraint: Sendable, Hashable {
    /// How the configured value must relate to ``ConfigConstraint/value``.
    public enum Operator: String, Sendable, Hashable, CaseIterable {
        /// A number at most the value.
        case atMost = "lte"
        /// A number at least the value.
        case atLeast = "gte"
        /// Equal to the value.
        case equal = "eq"
        /// One of the elements of the value.
        case oneOf = "in"
        /// A list with no element that is not in the value.
        case subset
        /// A list with every element of the value.
        case superset
    }

    /// The check whose outcome depends on the configuration.
    public let check: String
    /// The key in the provider's section of the scanner's configuration.
    public let key: String
    /// The relation that must hold.
    public let operation: Operator
    /// What the configured value is compared with: a number for `lte` and `gte`, a list for `in`, `subset` and
    /// `superset`, anything for `eq`.
    public let value: JSONValue
    /// The lower-case name of the only provider the constraint is about; nil when it is about all.
    public let provider: String?

    /// A constraint; `value` is not checked against `operation`, a value of the wrong type is violated by everything.
    public init(check: String, key: String, operation: Operator, value: JSONValue, provider: String? = nil) {
        self.check = check
        self.key = key
        self.operation = operation
        self.value = value
        self.provider = provider
    }

    /// Whether the constraint is about accounts of this provider.
    public func applies(to provider: Provider) -> Bool { self.provider.map { $0 == provider.name } ?? true }
}
