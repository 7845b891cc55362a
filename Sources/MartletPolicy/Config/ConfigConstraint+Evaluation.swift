import MartletCore

extension ConfigConstraint {
    /// How a configuration violates the constraint; nil when it does not.
    ///
    /// A key that is not set, or set to null, is no violation: the scanner then used its default, which its authors chose
    /// to satisfy the frameworks. A configured value that cannot be compared (a text for `lte`, a single value for
    /// `subset`, …) is a violation, because an unknown must not look like a pass. Booleans are not numbers; `3` and `3.0`
    /// are equal.
    ///
    /// - Parameter config: The provider's section of the scanner's configuration; nil when there is no configuration.
    public func violation(in config: JSONValue?) -> ConfigViolation? {
        guard let actual = config?[key], !actual.isNull else { return nil }
        switch isSatisfied(by: actual) {
        case .some(true): return nil
        case .some(false): return ConfigViolation(constraint: self, actual: actual, isTypeMismatch: false)
        case .none: return ConfigViolation(constraint: self, actual: actual, isTypeMismatch: true)
        }
    }

    /// Nil when the two cannot be compared.
    private func isSatisfied(by actual: JSONValue) -> Bool? {
        switch operation {
        case .atMost: Self.compare(actual, value).map { $0 <= 0 }
        case .atLeast: Self.compare(actual, value).map { $0 >= 0 }
        case .equal: Self.equals(actual, value) ? true : Self.sameKind(actual, value) ? false : nil
        case .oneOf: value.arrayValue.map { Self.contains($0, actual) }
        case .subset:
            Self.lists(actual, value).map { actual, allowed in
                actual.allSatisfy { Self.contains(allowed, $0) }
            }
        case .superset:
            Self.lists(actual, value).map { actual, needed in
                needed.allSatisfy { Self.contains(actual, $0) }
            }
        }
    }

    /// Negative, zero or positive; nil unless both are numbers. Whole numbers are compared exactly.
    private static func compare(_ left: JSONValue, _ right: JSONValue) -> Int? {
        if case .int(let left) = left, case .int(let right) = right { return left < right ? -1 : left > right ? 1 : 0 }
        guard let left = left.doubleValue, let right = right.doubleValue else { return nil }
        return left < right ? -1 : left > right ? 1 : 0
    }

    private static func equals(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.int, .double), (.double, .int): compare(left, right) == 0
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { equals($0, $1) }
        default: left == right
        }
    }

    private static func sameKind(_ left: JSONValue, _ right: JSONValue) -> Bool {
        left.typeName == right.typeName || left.doubleValue != nil && right.doubleValue != nil
    }

    private static func contains(_ list: [JSONValue], _ element: JSONValue) -> Bool {
        list.contains { equals($0, element) }
    }

    private static func lists(_ left: JSONValue, _ right: JSONValue) -> ([JSONValue], [JSONValue])? {
        guard let left = left.arrayValue, let right = right.arrayValue else { return nil }
        return (left, right)
    }
}
