import MartletCore

extension ConfigConstraint {
    /// Reads a constraint of a framework document; throws ``MartletError`` with the pointer when it is malformed, because
    /// a constraint that is silently ignored would let a requirement pass.
    init(_ object: JSONValue, at pointer: String, fields: FrameworkFields) throws(MartletError) {
        guard case .object = object else {
            throw fields.failure(pointer, "expected an object, found \(FrameworkFields.describe(object))")
        }
        let name = try fields.identifier(fields.value(object, "Operator"), at: "\(pointer)/Operator")
        guard let operation = Operator(rawValue: name) else {
            let known = Operator.allCases.map(\.rawValue).joined(separator: ", ")
            throw fields.failure("\(pointer)/Operator", "expected one of \(known)")
        }
        guard let value = fields.value(object, "Value") else {
            throw fields.failure("\(pointer)/Value", "missing; expected \(operation.expectedValue)")
        }
        guard operation.accepts(value) else {
            throw fields.mismatch(operation.expectedValue, value, pointer, "Value")
        }
        let provider = fields.value(object, "Provider")
        self.init(
            check: try fields.identifier(fields.value(object, "Check"), at: "\(pointer)/Check"),
            key: try fields.identifier(fields.value(object, "ConfigKey"), at: "\(pointer)/ConfigKey"),
            operation: operation, value: value,
            provider: provider == nil
                ? nil : try fields.identifier(provider, at: "\(pointer)/Provider").lowercased())
    }
}

extension ConfigConstraint.Operator {
    /// Whether a value of this type can be compared by the operator.
    func accepts(_ value: JSONValue) -> Bool {
        switch self {
        case .atMost, .atLeast: value.doubleValue != nil
        case .oneOf, .subset, .superset: value.arrayValue != nil
        case .equal: !value.isNull
        }
    }

    var expectedValue: String {
        switch self {
        case .atMost, .atLeast: "a number"
        case .oneOf, .subset, .superset: "an array"
        case .equal: "a value"
        }
    }
}
