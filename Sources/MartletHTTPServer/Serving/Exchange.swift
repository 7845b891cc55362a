import Synchronization

/// One request and its answer, between a thread of libmicrohttpd, which may never wait, and a task, which may.
///
/// Whenever the thread has nothing to do before the task has got further, it suspends the connection; the task resumes
/// it. Both happen under the lock, so that no wake-up is lost.
final class Exchange: Sendable {
    struct State {
        var isSuspended = false
        var isComplete = false
        /// Set when the server stops or the connection is given up: nothing is waited for any more.
        var isAborted = false
        var hasStarted = false
        var hasBody = false
        /// Whether the head is behind us and the body is being received.
        var isReceiving = false

        var wantsBody = false
        var pieces: [[UInt8]] = []
        var buffered = 0
        var received: Int64 = 0
        var discarded: Int64 = 0
        var bodyEnded = false
        var bodyFault: HTTPBody.Fault?
        var reader: CheckedContinuation<Void, Never>?

        var response: HTTPResponse?
        var isAnswered = false
        var stream: HTTPBodyStream?
        var chunk: [UInt8] = []
        var offset = 0
        var isPulling = false
        var streamEnded = false
        var streamFailed = false
        var task: Task<Void, Never>?
    }

    let connection: ConnectionHandle
    let server: ServerCore
    let record: ConnectionRecord?
    /// The target as it was sent.
    let target: String
    let state = Mutex(State())

    init(connection: ConnectionHandle, server: ServerCore, record: ConnectionRecord?, target: String) {
        self.connection = connection
        self.server = server
        self.record = record
        self.target = target
    }

    /// Suspends the connection until ``wake(_:)``; false when nothing is waited for any more.
    func pause(_ state: inout State) -> Bool {
        guard !state.isAborted else { return false }
        if !state.isSuspended {
            state.isSuspended = true
            record?.pause()
            connection.suspend()
        }
        return true
    }

    /// Lets the thread look again.
    func wake(_ state: inout State) {
        guard state.isSuspended, !state.isComplete else { return }
        state.isSuspended = false
        connection.resume()
    }

    /// Takes the handler's answer.
    func answer(_ response: HTTPResponse) {
        state.withLock { state in
            guard !state.isComplete, state.response == nil else { return }
            state.response = response
            wake(&state)
        }
    }

    /// Gives up: whoever waits is woken, the connection is closed as soon as its thread looks.
    func abort() {
        let (reader, task) = state.withLock { state in
            state.isAborted = true
            let reader = state.reader
            state.reader = nil
            wake(&state)
            return (reader, state.task)
        }
        task?.cancel()
        reader?.resume()
    }

    /// Ends a stream that goes on for as long as the server does.
    func endOnStop() {
        let task: Task<Void, Never>? = state.withLock { state in
            guard let stream = state.stream, stream.endsOnStop else { return nil }
            state.streamEnded = true
            wake(&state)
            return state.task
        }
        task?.cancel()
    }

    /// The connection is done with the request, well or not.
    func complete() {
        let (reader, task) = state.withLock { state in
            state.isComplete = true
            state.isAborted = true
            let reader = state.reader
            state.reader = nil
            state.stream = nil
            return (reader, state.task)
        }
        task?.cancel()
        reader?.resume()
    }
}
