/// Milliseconds of a clock that never jumps and goes on while the process is stopped.
enum MonotonicTime {
    private static let start = ContinuousClock().now

    /// Since some moment in the past.
    static func now() -> Int64 { (ContinuousClock().now - start).milliseconds }
}
