import Glibc
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

    /// Requests that have arrived, but are begun only when the server has given up everything else. libmicrohttpd ends
    /// the program when it is stopped while one is suspended.
    @Test func requestsThatBeginInTheLastMomentAreNotSuspended() async throws {
        let gate = ThreadGate()
        let (isHeld, held) = AsyncStream.makeStream(of: Void.self)
        try await HTTPServerTests.with(
            { $0.threads = 1 }, refusal: gate.refusal,
            handler: { request in
                if request.target.rawPath == "/slow" { try? await Task.sleep(for: .seconds(3600)) }
                return HTTPServerTests.text("done")
            }
        ) { port, server in
            let clients = Task {
                try await RawClient.run {
                    let clients = try (0..<50).map { _ in try RawClient(port: port) }
                    // Known to the server's thread, so that it takes what follows at once and in this order.
                    for client in clients {
                        try client.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                        _ = try client.answer()
                    }
                    try clients[0].write(ThreadGate.request)
                    gate.waitUntilHeld()
                    try clients[1].write(ThreadGate.request)
                    for client in clients[2...] { try client.write("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n") }
                    gate.release()
                    gate.waitUntilHeld()
                    held.yield()
                    // Long enough for the stop; nothing can tell that it waits for the server's thread.
                    usleep(500_000)
                    gate.open()
                    return clients[2...].count { (try? $0.readToEnd()) == [] }
                }
            }
            for await _ in isHeld { break }
            await server.stop(grace: .zero)
            let ended = try await clients.value
            #expect(ended == 48)
        }
    }

    /// The same by chance, on connections that are kept, while others are suspended.
    @Test func stopsWhileManyWaitAndMoreCome() async throws {
        for run in 0..<5 {
            let waiting = Mutex(0)
            let handler: HTTPServer.Handler = { request in
                guard request.target.rawPath == "/slow" else { return HTTPServerTests.text("quick") }
                waiting.withLock { $0 += 1 }
                try? await Task.sleep(for: .seconds(3600))
                return HTTPServerTests.text("late")
            }
            try await HTTPServerTests.with(handler: handler) { port, server in
                async let slow = RawClient.run {
                    let clients = try (0..<100).map { _ in try RawClient(port: port) }
                    for client in clients { try client.write("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n") }
                    return clients.count { (try? $0.readToEnd()) == [] }
                }
                let quick = Task {
                    try await RawClient.run {
                        let clients = try (0..<20).map { _ in try RawClient(port: port) }
                        let some = String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: 20)
                        while true {
                            for client in clients { try client.write(some) }
                            for client in clients { for _ in 0..<20 { _ = try client.answer() } }
                        }
                    }
                }
                while waiting.withLock({ $0 }) < 100 { try await Task.sleep(for: .milliseconds(1)) }
                try await Task.sleep(for: .milliseconds(run))
                await server.stop(grace: .zero)
                #expect(try await slow == 100)
                await #expect(throws: RawClient.Failure.self) { try await quick.value }
            }
        }
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
