/// What clients may take of a server.
public struct HTTPServerLimits: Sendable, Hashable {
    /// Memory of a connection in bytes, from which its request line and headers come: they may have about half of it.
    public var connectionMemory = 16 << 10
    /// Connections at the same time.
    public var connections = 20_000
    /// Connections at the same time from one address; 0 for no limit of its own.
    public var connectionsPerAddress = 0
    /// The largest body in bytes, unless a handler reads with a smaller limit of its own.
    public var body: Int64 = 4 << 30
    /// Bytes of a body that are kept for a handler that has not asked for them yet.
    public var bodyBuffer = 256 << 10
    /// Milliseconds from a connection's start (or from the first byte after a pause) until all headers are there.
    public var headerTime: Int64 = 30_000
    /// Milliseconds that a connection may be silent between two requests, or while it sends or takes.
    public var idleTime: Int64 = 75_000
    /// Bytes a second that a body must bring on average after `headerTime`.
    public var bodyRate: Int64 = 1024
    /// Headers of a request.
    public var headers = 100

    /// The limits that hold unless others are set.
    public init() {}
}
