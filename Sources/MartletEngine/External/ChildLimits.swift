/// What a child may use; see ``ExternalSource``, from which it is made.
struct ChildLimits: Sendable {
    var timeout: Duration
    /// Between SIGTERM and SIGKILL. A worker sees a cancel after half a second; with what a tree of processes takes to end
    /// all of it stays below two seconds.
    var grace: Duration = .milliseconds(1000)
    var outputBytes: Int64
    var diskBytes: Int64
    var memoryBytes: Int64?
    /// What is shown of the log in all.
    var logBytes = 1 << 20

    init(_ source: ExternalSource) {
        timeout = .seconds(source.timeout)
        outputBytes = source.outputLimit
        diskBytes = source.diskLimit
        memoryBytes = source.memoryLimit
    }
}
