/// Arithmetic that reports what does not fit.
enum Arithmetic {
    static let outOfRange = CELFault(.value, "the result is out of range")
    private static let zeroDivision = CELFault(.value, "division by zero")
    private static let zeroRemainder = CELFault(.value, "remainder of a division by zero")

    static func whole<Number: FixedWidthInteger>(
        _ joining: BinaryOperator, _ left: Number, _ right: Number
    ) throws(CELFault) -> Number {
        let (value, overflow): (Number, Bool)
        switch joining {
        case .add: (value, overflow) = left.addingReportingOverflow(right)
        case .subtract: (value, overflow) = left.subtractingReportingOverflow(right)
        case .multiply: (value, overflow) = left.multipliedReportingOverflow(by: right)
        case .divide:
            guard right != 0 else { throw zeroDivision }
            (value, overflow) = left.dividedReportingOverflow(by: right)
        case .remainder:
            guard right != 0 else { throw zeroRemainder }
            (value, overflow) = left.remainderReportingOverflow(dividingBy: right)
        default: throw CELFault.noOverload
        }
        guard !overflow else { throw outOfRange }
        return value
    }

    static func fraction(_ joining: BinaryOperator, _ left: Double, _ right: Double) throws(CELFault) -> Double {
        switch joining {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return left / right
        default: throw CELFault(.type, "no such overload: double \(joining.rawValue) double")
        }
    }
}

extension CELTimestamp {
    private static let second: Int64 = 1_000_000_000

    /// A later moment, or an earlier one for a negative number.
    func adding(_ nanoseconds: Int64) throws(CELFault) -> CELTimestamp {
        let sum = Int64(self.nanoseconds) + nanoseconds % CELTimestamp.second
        let carry = sum >= CELTimestamp.second ? 1 : sum < 0 ? -1 : Int64(0)
        let moment = CELTimestamp(
            seconds: seconds + nanoseconds / CELTimestamp.second + carry,
            nanoseconds: Int32(truncatingIfNeeded: sum - carry * CELTimestamp.second))
        guard let moment else { throw Arithmetic.outOfRange }
        return moment
    }

    /// An earlier moment, or a later one for a negative number.
    func subtracting(_ nanoseconds: Int64) throws(CELFault) -> CELTimestamp {
        guard nanoseconds != .min else { throw Arithmetic.outOfRange }
        return try adding(-nanoseconds)
    }

    /// The time from another moment to this one.
    func distance(from other: CELTimestamp) throws(CELFault) -> CELDuration {
        let whole = try Arithmetic.whole(.multiply, seconds - other.seconds, CELTimestamp.second)
        let rest = Int64(nanoseconds) - Int64(other.nanoseconds)
        return CELDuration(nanoseconds: try Arithmetic.whole(.add, whole, rest))
    }
}
