/// Who does work: a process on a host.
public struct Worker: Sendable, Hashable {
    /// Unique for the process's life.
    public var name: String
    /// The host's name; only on the same host can a process be asked whether it still lives.
    public var host: String
    /// The process's number on its host.
    public var pid: Int64

    /// Names a process.
    public init(name: String, host: String, pid: Int64) {
        self.name = name
        self.host = host
        self.pid = pid
    }
}
