/// How busy a database's connections are.
public struct PoolStatus: Sendable, Hashable {
    /// Connections in which a transaction is under way.
    public var inUse: Int64 = 0
    /// Connections that are open and free.
    public var idle: Int64 = 0
    /// Transactions that wait for a connection at this moment.
    public var waiting: Int64 = 0
    /// Transactions that had to wait for one, since the start.
    public var waits: Int64 = 0
    /// Those of them that waited in vain.
    public var timeouts: Int64 = 0
    /// Transactions that ran again after a deadlock, a serialization failure or a lost connection.
    public var retries: Int64 = 0

    /// Nothing is open yet.
    public init() {}

    /// Two pools together.
    public static func + (left: PoolStatus, right: PoolStatus) -> PoolStatus {
        var sum = left
        sum.inUse += right.inUse
        sum.idle += right.idle
        sum.waiting += right.waiting
        sum.waits += right.waits
        sum.timeouts += right.timeouts
        sum.retries += right.retries
        return sum
    }
}
