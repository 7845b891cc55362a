/// How two values stand to each other.
enum CELOrder {
    case ascending, equal, descending
    /// Not-a-number is neither before, nor after, nor equal to anything.
    case unordered

    @inline(__always)
    init<Value: Comparable>(_ left: Value, _ right: Value) {
        self = left < right ? .ascending : left == right ? .equal : left > right ? .descending : .unordered
    }
}

extension CELValue {
    /// The order of two values of kinds that have one together; nil for all others.
    func order(_ other: CELValue) -> CELOrder? {
        switch (self, other) {
        case (.int(let left), .int(let right)): CELOrder(left, right)
        case (.uint(let left), .uint(let right)): CELOrder(left, right)
        case (.double(let left), .double(let right)): CELOrder(left, right)
        case (.string(let left), .string(let right)):
            left.isSameText(as: right) ? .equal : left.precedes(right) ? .ascending : .descending
        case (.bytes(let left), .bytes(let right)):
            left == right ? .equal : left.lexicographicallyPrecedes(right) ? .ascending : .descending
        case (.bool(let left), .bool(let right)): CELOrder(left ? 1 : 0, right ? 1 : 0)
        case (.timestamp(let left), .timestamp(let right)): CELOrder(left, right)
        case (.duration(let left), .duration(let right)): CELOrder(left, right)
        default: numericOrder(other)
        }
    }

    /// The order of two numbers of different kinds; nil when one is not a number.
    ///
    /// Beside a fraction, whole numbers are compared as the nearest double, as the language's other implementations do.
    func numericOrder(_ other: CELValue) -> CELOrder? {
        switch (self, other) {
        case (.int(let left), .uint(let right)): left < 0 ? .ascending : CELOrder(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .descending : CELOrder(left, UInt64(right))
        case (.int(let left), .double(let right)): CELOrder(Double(left), right)
        case (.double(let left), .int(let right)): CELOrder(left, Double(right))
        case (.uint(let left), .double(let right)): CELOrder(Double(left), right)
        case (.double(let left), .uint(let right)): CELOrder(left, Double(right))
        default: nil
        }
    }
}
