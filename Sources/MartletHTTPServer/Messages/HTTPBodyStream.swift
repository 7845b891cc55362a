/// The body of an answer that is made while the client reads it.
///
/// The next piece is asked for when the one before it has been handed to the connection, so that a slow client holds the
/// source back. Pieces of 16 to 64 KiB go best. When the client goes away the task that waits in `next` is cancelled, and
/// the closure is released.
public struct HTTPBodyStream: Sendable {
    /// Gives the next piece, nil at the end. An error breaks the answer off, so that the client sees that it is not whole.
    public let next: @Sendable () async throws -> [UInt8]?
    /// Whether the stream ends as if it were complete when the server stops (server-sent events); otherwise a stop waits
    /// for its end.
    public let endsOnStop: Bool

    /// A stream of the pieces of `next`.
    public init(endsOnStop: Bool = false, next: @escaping @Sendable () async throws -> [UInt8]?) {
        self.next = next
        self.endsOnStop = endsOnStop
    }
}
