/// What a run of an external scanner left behind, when it succeeded.
public struct ExternalResult: Sendable, Hashable {
    /// Files with the findings, as absolute paths, in the order of their names; at least one is not empty. They are there
    /// until the run's body returns.
    public var files: [String]
    /// 0, or one of the source's codes for findings.
    public var exitCode: Int32
    /// Seconds from its start to the end of its last process.
    public var seconds: Double
    /// Seconds of processor time of all its processes.
    public var processorSeconds: Double
    /// The largest resident size that any one of its processes had, in bytes; not below what the worker itself had when
    /// it started the scanner, because the system counts from there.
    public var peakBytes: Int64
    /// Lines of its log that were not kept because there were too many.
    public var droppedLines: Int
}
