import MartletHTTPServer
import MartletTestSupport
import Synchronization
import Testing

@Suite struct HTTPStopTests {
    @Test func requestsThatRunAreFinished() async throws {
        let (started, startedSignal) = AsyncStream.makeStream(of: Void.self)
        let (release, releaseSignal) = AsyncStream.makeStream(of: Void.self)
        try await HTTPServerTests.with(handler: { _ in
            startedSignal.yield()
            for await _ in release { break }
            return HTTPServerTests.text("done")
        }) { port, server in
            async let answer = RawClient.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n", port: port)
            for await _ in started { break }
            async let stopped: Void = server.stop(grace: .seconds(60))
            // New connections are refused; nothing else tells that the stop has begun.
            while (try? await RawClient.run({ _ = try RawClient(port: port) })) != nil { await Task.yield() }
            releaseSignal.yield()
            let text = try await answer.text
            #expect(text == "done")
            await stopped
        }
    }

    @Test func whatDoesNotEndIsEnded() async throws {
        let cancelled = Mutex(false)
        let (started, startedSignal) = AsyncStream.makeStream(of: Void.self)
        try await HTTPServerTests.with(handler: { _ in
            startedSignal.yield()
            do { try await Task.sleep(for: .seconds(3600)) } catch { cancelled.withLock { $0 = true } }
            return HTTPServerTests.text("late")
        }) { port, server in
            let answer = Task { try await RawClient.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n", port: port) }
            for await _ in started { break }
            await server.stop(grace: .milliseconds(100))
            await #expect(throws: RawClient.Failure.self) { try await answer.value }
        }
        #expect(cancelled.withLock { $0 })
    }

    @Test func endlessStreamsEndWhole() async throws {
        let (started, startedSignal) = AsyncStream.makeStream(of: Void.self)
        try await HTTPServerTests.with(handler: { _ in
            let count = Mutex(0)
            return HTTPResponse(
                status: 200, headers: ["Content-Type": "text/event-stream"],
                body: .stream(
                    HTTPBodyStream(endsOnStop: true) {
                        let number = count.withLock { value in
                            value += 1
                            return value
                        }
                        if number == 1 { return Array("data: 1\n\n".utf8) }
                        startedSignal.yield()
                        try await Task.sleep(for: .seconds(3600))
                        return nil
                    }))
        }) { port, server in
            async let answer = RawClient.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n", port: port)
            for await _ in started { break }
            await server.stop(grace: .seconds(60))
            let text = try await answer.text
            #expect(text == "data: 1\n\n")
        }
    }

    @Test func aStreamIsReleasedWhenItsReaderGoesAway() async throws {
        final class Source: Sendable {
            let released: AsyncStream<Void>.Continuation
            init(_ released: AsyncStream<Void>.Continuation) { self.released = released }
            deinit { released.yield() }
            func next() -> [UInt8] { [UInt8](repeating: 0, count: 1 << 16) }
        }
        let (released, signal) = AsyncStream.makeStream(of: Void.self)
        try await HTTPServerTests.with(handler: { _ in
            let source = Source(signal)
            return HTTPResponse(status: 200, body: .stream(HTTPBodyStream { source.next() }))
        }) { port, _ in
            try await RawClient.run {
                let client = try RawClient(port: port)
                try client.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try client.line(until: Array("\r\n\r\n".utf8))
            }
            for await _ in released { break }
        }
    }
}
