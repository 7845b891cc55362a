extension Int64 {
    /// The quotient rounded down, for a positive divisor.
    package func dividedDown(by divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }

    /// The remainder from 0 on, for a positive divisor.
    package func remainderUp(_ divisor: Int64) -> Int64 {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
