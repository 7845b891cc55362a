import MartletHTTPServer
import MartletTestSupport
import Synchronization
import Testing

@Suite struct HTTPHostileTests {
    static let shapes: [(String, String, Set<Int>)] = [
        (
            "both lengths",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400]
        ),
        ("two lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", [400]),
        ("two equal lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", [400]),
        ("signed length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +3\r\n\r\nabc", [400]),
        ("negative length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", [400]),
        ("list of lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\n\r\nabc", [400]),
        ("huge length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n", [413]),
        ("other coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", [501]),
        ("hidden coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", [501]),
        (
            "two codings",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [501]
        ),
        ("name with a blank", "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n", [400]),
        ("bad chunk", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", [400]),
        (
            "huge chunk", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            [400, 413]
        ),
        ("no host", "GET / HTTP/1.1\r\n\r\n", [400]),
        ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400]),
        ("other version", "GET / HTTP/3.7\r\nHost: h\r\n\r\n", [400, 505]),
        ("no path", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        ("dots", "GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        ("encoded dots", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        ("encoded nul", "GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        ("nul in the query", "GET /a?x=%00 HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        ("broken percent", "GET /a%4 HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        ("no UTF-8", "GET /a%FF HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        ("many parameters", "GET /?" + String(repeating: "a&", count: 300) + " HTTP/1.1\r\nHost: h\r\n\r\n", [400]),
        (
            "long headers", "GET / HTTP/1.1\r\nHost: h\r\nX: " + String(repeating: "x", count: 40_000) + "\r\n\r\n",
            [431]
        ),
        ("many headers", "GET / HTTP/1.1\r\nHost: h\r\n" + String(repeating: "A: b\r\n", count: 120) + "\r\n", [431]),
        ("long target", "GET /" + String(repeating: "x", count: 40_000) + " HTTP/1.1\r\nHost: h\r\n\r\n", [414, 431]),
        ("not HTTP", "\u{16}\u{3}\u{1}\u{2}garbage\r\n\r\n", [400]),
    ]

    @Test(arguments: shapes.indices) func isRefusedAndClosed(_ index: Int) async throws {
        let (name, request, statuses) = Self.shapes[index]
        let handled = Mutex(0)
        let handler: HTTPServer.Handler = { request in
            do { _ = try await request.body.collect(limit: 1000) } catch { return HTTPResponse(status: 400) }
            handled.withLock { $0 += 1 }
            return HTTPResponse(status: 200)
        }
        try await HTTPServerTests.with({ $0.limits.headerTime = 3000 }, handler: handler) { port, _ in
            let bytes = try await RawClient.run {
                let client = try RawClient(port: port)
                // A second request that must not be taken for one: the connection is closed after the refusal.
                try? client.write(request + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n")
                return try client.readToEnd()
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let answers = text.split(separator: "HTTP/1.1 ").filter { $0.prefix(3).allSatisfy(\.isNumber) }
            // Where the library itself gives up it may only close.
            for answer in answers {
                #expect(statuses.contains(Int(answer.prefix(3)) ?? 0), "\(name): \(text)")
            }
        }
        #expect(handled.withLock { $0 } == 0, "\(name) was handled")
    }

    @Test func aClientThatDribblesIsEnded() async throws {
        try await HTTPServerTests.with(
            { configuration in
                configuration.limits.headerTime = 700
                configuration.limits.idleTime = 60_000
            }, handler: HTTPServerTests.echo
        ) { port, _ in
            try await RawClient.run {
                let client = try RawClient(port: port)
                try client.write("GET / HTTP/1.1\r\nHost: h\r\nX: ")
                _ = try client.readToEnd()
            }
            // A body that stops coming.
            try await RawClient.run {
                let client = try RawClient(port: port)
                try client.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc")
                _ = try client.readToEnd()
            }
        }
    }

    @Test func connectionsOfAnAddressAreBounded() async throws {
        try await HTTPServerTests.with(
            { $0.limits.connectionsPerAddress = 3 }, handler: HTTPServerTests.echo
        ) { port, _ in
            let answered = try await RawClient.run {
                let clients = try (0..<6).map { _ in try RawClient(port: port) }
                var answered = 0
                for client in clients {
                    try? client.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                    if (try? client.answer().status) == 200 { answered += 1 }
                }
                return answered
            }
            #expect(answered == 3)
        }
    }

    @Test func connectionsOfAnAddressThatHaveEndedDoNotCount() async throws {
        try await HTTPServerTests.with(
            { $0.limits.connectionsPerAddress = 3 }, handler: HTTPServerTests.echo
        ) { port, server in
            for _ in 0..<5 {
                let answered = try await RawClient.run {
                    let clients = try (0..<3).map { _ in try RawClient(port: port) }
                    for client in clients { try client.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n") }
                    return clients.count { (try? $0.answer().status) == 200 }
                }
                #expect(answered == 3)
                while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
            }
        }
    }
}
