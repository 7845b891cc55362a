import Glibc
import MartletHTTPServer

/// A pipe from code that writes on a thread of its own, such as the body of `Store.read`, to the stream of an answer.
///
/// The writer blocks while the client is slow. When the client goes away the next write throws `CancellationError`.
///
///     return HTTPResponse(status: 200, headers: …, body: .stream(ResponsePipe.stream { sink in
///         try await store.read { reader in
///             try reader.findings(…) { row in try sink.write(bytes(of: row)) }
///         }
///     }))
public enum ResponsePipe {
    /// A stream of what `produce` writes. It runs from the first read on; its end ends the stream, its error breaks it off.
    public static func stream(
        _ produce: @escaping @Sendable (ResponseSink) async throws -> Void
    ) -> HTTPBodyStream {
        let reader = Reader(produce)
        return HTTPBodyStream { try await reader.next() }
    }

    /// Ends the producer when the stream is released.
    private final class Reader: Sendable {
        private let sink = ResponseSink()
        private let produce: @Sendable (ResponseSink) async throws -> Void

        init(_ produce: @escaping @Sendable (ResponseSink) async throws -> Void) { self.produce = produce }

        deinit { sink.cancel() }

        func next() async throws -> [UInt8]? {
            let sink = sink
            sink.start { [produce] in
                Task.detached {
                    do {
                        try await produce(sink)
                        try sink.finish()
                    } catch { sink.fail(error) }
                }
            }
            return try await withTaskCancellationHandler {
                try await sink.next()
            } onCancel: {
                sink.cancel()
            }
        }
    }
}
