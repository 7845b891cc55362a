/// What a run of a benchmark estate has written.
public struct BenchmarkTotals: Sendable, Hashable {
    /// Findings, one a line.
    public var findings = 0
    /// Findings whose status is FAIL, muted ones included.
    public var fails = 0
    /// Findings muted by the scanner.
    public var muted = 0
    /// Findings that are both.
    public var mutedFails = 0
    /// Bytes, line ends included.
    public var bytes = 0

    /// Nothing written yet.
    public init() {}
}
