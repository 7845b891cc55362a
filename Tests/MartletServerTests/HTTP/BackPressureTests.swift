import Glibc
import MartletHTTPServer
import MartletTestSupport
import Synchronization
import Testing

@Suite struct BackPressureTests {
    /// What sockets of this machine may hold between two processes: buffers of the system, 4 and 6 MiB at most, and one piece.
    private static let ahead = 16 << 20
    private static let pieces = 1_024
    private static let piece = 64 << 10

    @Test("a slow reader holds the source of a stream back", .timeLimit(.minutes(10)))
    func bounded() async throws {
        let made = Mutex(0)
        let handler: HTTPServer.Handler = { _ in
            HTTPResponse(
                status: 200, headers: ["Content-Type": "application/octet-stream"],
                body: .stream(
                    HTTPBodyStream {
                        let count = made.withLock { count in
                            count += 1
                            return count
                        }
                        return count <= Self.pieces ? [UInt8](repeating: 7, count: Self.piece) : nil
                    }))
        }
        try await HTTPServerTests.with(handler: handler) { port, _ in
            try await RawClient.run {
                let client = try RawClient(port: port)
                try client.write("GET /stream HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                // Nothing is read until nothing is made any more.
                var last = -1
                while true {
                    usleep(300_000)
                    let now = made.withLock { $0 }
                    if now == last, now > 0 { break }
                    last = now
                }
                #expect(
                    last * Self.piece <= Self.ahead, "\(last) pieces of \(Self.piece) bytes are ahead of the reader")
                let answer = try client.answer()
                #expect(answer.body.count == Self.pieces * Self.piece)
            }
        }
        #expect(made.withLock { $0 } == Self.pieces + 1)
    }
}
