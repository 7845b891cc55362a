import MartletHTTPServer
import MartletTestSupport
import Testing

/// Many requests at the same moment for one thread of the server.
@Suite(.serialized) struct HTTPBurstTests {
    // libmicrohttpd takes 128 events at a time and, when it got exactly as many, waited for more, at most for the idle time
    // of 75 s. Half of it is patience enough for a machine that is busy with other tests.
    @Test(arguments: [100, 127, 128, 129, 256, 300])
    func allAreAnswered(_ count: Int) async throws {
        let gate = ThreadGate()
        try await HTTPServerTests.with(
            { $0.threads = 1 }, refusal: gate.refusal, handler: HTTPServerTests.echo
        ) { port, _ in
            let answered = try await RawClient.run {
                let clients = try (0..<count).map { _ in try RawClient(port: port, seconds: 30) }
                // Known to the server's thread, so that from now on an event is a request.
                for client in clients { try Self.ask(client) }
                for client in clients { _ = try client.answer() }
                return try (0..<2).map { _ in
                    let holder = try RawClient(port: port)
                    try holder.write(ThreadGate.request)
                    gate.waitUntilHeld()
                    defer { withExtendedLifetime(holder) {} }
                    for client in clients { try Self.ask(client) }
                    gate.release()
                    return clients.prefix { (try? $0.answer().status) == 200 }.count
                }
            }
            #expect(answered == [count, count])
        }
    }

    private static func ask(_ client: RawClient) throws { try client.write("GET /a HTTP/1.1\r\nHost: h\r\n\r\n") }
}
