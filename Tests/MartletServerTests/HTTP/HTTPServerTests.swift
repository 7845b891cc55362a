import MartletHTTPServer
import MartletTestSupport
import Synchronization
import Testing

@Suite struct HTTPServerTests {
    /// A server that runs `handler` for as long as `body` takes.
    static func with(
        _ change: (inout HTTPServerConfiguration) -> Void = { _ in },
        refusal: @escaping HTTPServer.RefusalHandler = { text("\($0.code): \($0.detail)", status: $0.status) },
        handler: @escaping HTTPServer.Handler, _ body: (UInt16, HTTPServer) async throws -> Void
    ) async throws {
        var configuration = HTTPServerConfiguration()
        configuration.port = 0
        change(&configuration)
        let server = HTTPServer(configuration, refusal: refusal, handler: handler)
        let port = try await server.start()
        do { try await body(port, server) } catch {
            await server.stop(grace: .zero)
            throw error
        }
        await server.stop(grace: .seconds(10))
    }

    static func text(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "text/plain"], body: .bytes(Array(text.utf8)))
    }

    static let echo: HTTPServer.Handler = { request in
        do {
            let body = try await request.body.collect(limit: 1 << 20)
            let query = request.target.query.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
            return text(
                "\(request.method) \(request.target.segments.joined(separator: "/")) \(query) "
                    + "\(request.remoteAddress) \(body.count) \(String(decoding: body.prefix(20), as: UTF8.self))")
        } catch { return text("\(error)", status: 413) }
    }

    @Test func requestsAreReadAndAnswered() async throws {
        try await Self.with(handler: Self.echo) { port, _ in
            let get = try await RawClient.send("GET /a%2Fb/c?x%5By%5D=1+2&z HTTP/1.1\r\nHost: h\r\n\r\n", port: port)
            #expect(get.status == 200)
            #expect(get.text == "GET a/b/c x[y]=1 2|z= 127.0.0.1 0 ")
            let post = try await RawClient.send(
                "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n", body: Array("hello".utf8), port: port)
            #expect(post.text == "POST p  127.0.0.1 5 hello")
            let chunked = try await RawClient.send(
                "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
                port: port)
            #expect(chunked.text == "POST p  127.0.0.1 5 abcde")
            let head = try await RawClient.send("HEAD /p HTTP/1.1\r\nHost: h\r\n\r\n", port: port)
            #expect(head.status == 200)
            #expect(head["Content-Length"] == "20")
        }
    }

    @Test func aConnectionIsUsedAgainAndPipelined() async throws {
        try await Self.with(handler: Self.echo) { port, _ in
            let texts = try await RawClient.run {
                let client = try RawClient(port: port)
                for index in 0..<20 { try client.write("GET /\(index) HTTP/1.1\r\nHost: h\r\n\r\n") }
                return try (0..<20).map { _ in try client.answer().text }
            }
            #expect(texts == (0..<20).map { "GET \($0)  127.0.0.1 0 " })
        }
    }

    @Test func aBodyIsNotReadBeforeItIsAskedFor() async throws {
        try await Self.with(handler: { _ in Self.text("no", status: 401) }) { port, _ in
            // The client waits for 100 Continue, and gets the refusal instead.
            let answer = try await RawClient.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n", port: port)
            #expect(answer.status == 401)
        }
        try await Self.with(handler: Self.echo) { port, _ in
            let statuses = try await RawClient.run {
                let client = try RawClient(port: port)
                try client.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
                let first = try client.answer().status
                try client.write("abc")
                return [first, try client.answer().status]
            }
            #expect(statuses == [100, 200])
        }
    }

    @Test func bodiesHaveALimit() async throws {
        try await Self.with({ $0.limits.body = 1000 }, handler: Self.echo) { port, _ in
            let announced = try await RawClient.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n", port: port)
            #expect(announced.status == 413)
            let chunks = Array(repeating: "100\r\n" + String(repeating: "x", count: 256) + "\r\n", count: 8).joined()
            let chunked = try await RawClient.send(
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n", port: port)
            #expect(chunked.status == 413)
        }
    }

    @Test func aLargeBodyIsHeldBackWhileItsReaderRests() async throws {
        let block = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let size = 320 * block.count
        let largest = Mutex(0)
        let handler: HTTPServer.Handler = { request in
            var place = 0
            var wrong = 0
            do {
                for try await piece in request.body {
                    largest.withLock { $0 = max($0, piece.count) }
                    for offset in stride(from: 0, to: piece.count, by: 997)
                    where piece[offset] != block[(place + offset) % block.count] { wrong += 1 }
                    place += piece.count
                }
            } catch { return Self.text("\(error)", status: 400) }
            return Self.text("\(place) \(wrong)")
        }
        try await Self.with(handler: handler) { port, _ in
            var body: [UInt8] = []
            body.reserveCapacity(size)
            for _ in 0..<320 { body += block }
            let answer = try await RawClient.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(size)\r\n\r\n", body: body, port: port)
            #expect(answer.text == "\(size) 0")
        }
        #expect(largest.withLock { $0 } <= (256 << 10) + (32 << 10))
    }

    @Test func answersAreStreamedWithBackPressure() async throws {
        let made = Mutex(0)
        let handler: HTTPServer.Handler = { _ in
            HTTPResponse(
                status: 200,
                body: .stream(
                    HTTPBodyStream {
                        let number = made.withLock { value in
                            value += 1
                            return value
                        }
                        return number > 400 ? nil : [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 65_536)
                    }))
        }
        try await Self.with(handler: handler) { port, _ in
            let count = try await RawClient.run {
                let client = try RawClient(port: port)
                try client.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try client.line(until: Array("\r\n\r\n".utf8))
                return made.withLock { $0 }
            }
            // What lies in the kernel's buffers of both sides is all that may have been made ahead: a few MiB at most.
            #expect(count < 400)
        }
        made.withLock { $0 = 0 }
        try await Self.with(handler: handler) { port, _ in
            let answer = try await RawClient.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n", port: port)
            #expect(answer.body.count == 400 * 65_536)
            #expect((0..<400).allSatisfy { answer.body[$0 * 65_536] == UInt8(truncatingIfNeeded: $0 + 1) })
        }
    }

    @Test func aStreamThatFailsIsNotWhole() async throws {
        struct Broken: Error {}
        let pieces = Mutex(0)
        let handler: HTTPServer.Handler = { _ in
            HTTPResponse(
                status: 200,
                body: .stream(
                    HTTPBodyStream {
                        let number = pieces.withLock { value in
                            value += 1
                            return value
                        }
                        if number > 2 { throw Broken() }
                        return Array("piece".utf8)
                    }))
        }
        try await Self.with(handler: handler) { port, _ in
            await #expect(throws: RawClient.Failure.self) {
                try await RawClient.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n", port: port)
            }
        }
    }
}
