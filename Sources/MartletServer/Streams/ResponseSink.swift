import Glibc
import Synchronization

/// Where the producer of a ``ResponsePipe`` writes. Writes gather until there are 32 KiB; at most two such pieces wait.
public final class ResponseSink: Sendable {
    private struct State {
        var gathered: [UInt8] = []
        var ready: [[UInt8]] = []
        var isStarted = false
        var isFinished = false
        var isCancelled = false
        var error: (any Error)?
        var reader: CheckedContinuation<Void, Never>?
        var producer: Task<Void, Never>?
    }

    private static let pieceSize = 32 << 10
    private static let pieceLimit = 2

    private let state = Mutex(State())
    private let room = Signal()

    init() {}

    /// Writes bytes; blocks the calling thread while the client is behind, so it must not be a thread of the cooperative
    /// pool.
    ///
    /// - Throws: `CancellationError` when nobody reads any more.
    public func write(_ bytes: [UInt8]) throws {
        let isFull = try add(bytes)
        if isFull { try flush() }
    }

    /// How many bytes may still be gathered before they are handed on; a writer may take pieces of about this size.
    public var pieceSize: Int { Self.pieceSize }

    private func add(_ bytes: [UInt8]) throws -> Bool {
        try state.withLock { state in
            if state.isCancelled { throw CancellationError() }
            state.gathered += bytes
            return state.gathered.count >= Self.pieceSize
        }
    }

    private func flush() throws {
        while true {
            let turn = room.turn
            let isDone = try hand()
            if isDone { return }
            room.wait(after: turn)
        }
    }

    private func hand() throws -> Bool {
        let (isDone, reader) = try state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            if state.isCancelled { throw CancellationError() }
            guard !state.gathered.isEmpty else { return (true, nil) }
            guard state.ready.count < Self.pieceLimit else { return (false, nil) }
            state.ready.append(state.gathered)
            state.gathered = []
            let reader = state.reader
            state.reader = nil
            return (true, reader)
        }
        reader?.resume()
        return isDone
    }

    func start(_ begin: () -> Task<Void, Never>) {
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted && !state.isCancelled
        }
        guard isFirst else { return }
        let task = begin()
        state.withLock { $0.producer = task }
    }

    /// What is left goes to the reader whether or not there is room: the producer's thread is not held for it.
    func finish() throws { end(nil) }

    func fail(_ error: any Error) { end(error) }

    private func end(_ error: (any Error)?) {
        let reader = state.withLock { state in
            if error == nil, !state.gathered.isEmpty { state.ready.append(state.gathered) }
            state.gathered = []
            state.isFinished = true
            state.error = error
            let reader = state.reader
            state.reader = nil
            return reader
        }
        reader?.resume()
    }

    func cancel() {
        let (reader, producer) = state.withLock { state in
            state.isCancelled = true
            state.ready = []
            let reader = state.reader
            state.reader = nil
            return (reader, state.producer)
        }
        room.signal()
        producer?.cancel()
        reader?.resume()
    }

    func next() async throws -> [UInt8]? {
        while true {
            let (piece, isOver) = try take()
            if let piece {
                room.signal()
                return piece
            }
            if isOver { return nil }
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.ready.isEmpty || state.isFinished || state.isCancelled { return true }
                    state.reader = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        }
    }

    private func take() throws -> ([UInt8]?, Bool) {
        try state.withLock { state in
            if state.isCancelled { throw CancellationError() }
            if !state.ready.isEmpty { return (state.ready.removeFirst(), false) }
            if let error = state.error { throw error }
            return (nil, state.isFinished)
        }
    }
}
