/// The body of a request: pieces that are read from the client only as they are asked for. It can be read once.
public struct HTTPBody: AsyncSequence, Sendable {
    /// What went wrong with a body.
    public enum Fault: Error, Sendable, Hashable {
        /// It has more bytes than are accepted.
        case tooLarge(limit: Int)
        /// The client went away, was too slow, or the server stops.
        case interrupted
    }

    /// The number of bytes that the client announced; nil for a chunked body, 0 without one.
    public let length: Int64?
    private let pull: @Sendable () async throws -> [UInt8]?

    /// A body that gives the pieces of `pull`, nil at its end.
    public init(length: Int64?, pull: @escaping @Sendable () async throws -> [UInt8]?) {
        self.length = length
        self.pull = pull
    }

    /// A body of bytes that are there.
    public init(_ bytes: [UInt8] = []) {
        let source = BufferedBody(bytes)
        self.init(length: Int64(bytes.count)) { await source.next() }
    }

    /// Reads the body.
    public func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    /// Reads the whole body into memory.
    ///
    /// - Throws: ``Fault/tooLarge(limit:)`` as soon as it is known to have more than `limit` bytes.
    public func collect(limit: Int) async throws -> [UInt8] {
        if let length, length > limit { throw Fault.tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        if let length { bytes.reserveCapacity(Int(length)) }
        for try await piece in self {
            guard bytes.count + piece.count <= limit else { throw Fault.tooLarge(limit: limit) }
            bytes += piece
        }
        return bytes
    }

    /// Reads pieces of a body.
    public struct Iterator: AsyncIteratorProtocol {
        let pull: @Sendable () async throws -> [UInt8]?

        /// The next piece, never empty; nil at the end.
        public mutating func next() async throws -> [UInt8]? { try await pull() }
    }
}

private actor BufferedBody {
    private var bytes: [UInt8]?

    init(_ bytes: [UInt8]) { self.bytes = bytes.isEmpty ? nil : bytes }

    func next() -> [UInt8]? {
        defer { bytes = nil }
        return bytes
    }
}
