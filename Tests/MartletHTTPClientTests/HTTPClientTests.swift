import MartletHTTPClient
import MartletLoopback
import Synchronization
import Testing

/// The client on the wire, against a server that does what it is told.
@Suite struct HTTPClientTests {
    @Test func sendsWhatItIsTold() async throws {
        let seen = Mutex<[LoopbackRequest]>([])
        let server = try LoopbackServer { request in
            seen.withLock { $0.append(request) }
            return .answer(status: 207, headers: [("X-Twice", "one"), ("x-twice", "two")], body: Array("hello".utf8))
        }
        let client = try HTTPClient()
        let response = try await client.send(
            HTTPRequest(
                "POST", server.url + "/a%20b?x=1&y=%C3%A4", headers: [HTTPHeader("X-Own", "value")],
                body: Array("körper".utf8)))
        #expect(response.status == 207)
        #expect(String(decoding: response.body, as: UTF8.self) == "hello")
        #expect(response.header("X-TWICE") == "one")
        #expect(response.headers.filter { $0.name.lowercased() == "x-twice" }.map(\.value) == ["one", "two"])
        let request = try #require(seen.withLock { $0.first })
        #expect(request.method == "POST")
        #expect(request.target == "/a%20b?x=1&y=%C3%A4")
        #expect(request.headers["x-own"] == "value")
        #expect(request.headers["user-agent"] == "martlet")
        #expect(String(decoding: request.body, as: UTF8.self) == "körper")
    }

    @Test func usesConnectionsAgain() async throws {
        let server = try LoopbackServer { _ in .json("{}") }
        let client = try HTTPClient()
        for _ in 0..<20 { _ = try await client.send(HTTPRequest("GET", server.url + "/")) }
        #expect(server.counts.requests == 20)
        #expect(server.counts.connections == 1)
    }

    @Test func boundsTransfersToAHost() async throws {
        let running = Mutex((now: 0, peak: 0))
        let gate = Gate()
        let server = try LoopbackServer { _ in
            let isFull = running.withLock { state in
                state.now += 1
                state.peak = max(state.peak, state.now)
                return state.now == 3
            }
            if isFull { gate.open() }
            gate.wait()
            running.withLock { $0.now -= 1 }
            return .json("{}")
        }
        var settings = HTTPClientSettings()
        settings.transfersPerHost = 3
        let client = try HTTPClient(settings)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<30 {
                group.addTask { try await client.send(HTTPRequest("GET", server.url + "/")).status }
            }
            for try await status in group { #expect(status == 200) }
        }
        #expect(running.withLock { $0.peak } == 3)
    }

    @Test func followsNoRedirect() async throws {
        let server = try LoopbackServer { _ in .answer(status: 302, headers: [("Location", "/other")], body: []) }
        let response = try await HTTPClient().send(HTTPRequest("GET", server.url + "/"))
        #expect(response.status == 302)
        #expect(server.counts.requests == 1)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "127.0.0.1", "", "http://"])
    func speaksNothingElse(url: String) async throws {
        let client = try HTTPClient()
        await expectFailure(.invalidRequest) { try await client.send(HTTPRequest("GET", url)) }
    }

    @Test func refusesWhatWouldBreakALine() async throws {
        let server = try LoopbackServer { _ in .json("{}") }
        let client = try HTTPClient()
        for header in [
            HTTPHeader("A", "b\r\nEvil: 1"), HTTPHeader("A b", "c"), HTTPHeader("", "c"), HTTPHeader("A:", "c"),
        ] {
            await expectFailure(.invalidRequest) {
                try await client.send(HTTPRequest("GET", server.url + "/", headers: [header]))
            }
        }
        await expectFailure(.invalidRequest) { try await client.send(HTTPRequest("GET /", server.url + "/")) }
        await expectFailure(.invalidRequest) {
            try await client.send(HTTPRequest("GET", server.url.replacing("//", with: "//user:secret@") + "/"))
        }
        #expect(server.counts.requests == 0)
    }

    @Test func keepsNoMoreThanIsAllowed() async throws {
        let server = try LoopbackServer { _ in
            .answer(status: 200, headers: [], body: [UInt8](repeating: 65, count: 100_001))
        }
        let client = try HTTPClient()
        await expectFailure(.tooLarge) {
            try await client.send(HTTPRequest("GET", server.url + "/", maximumBodyBytes: 100_000))
        }
        let whole = try await client.send(HTTPRequest("GET", server.url + "/", maximumBodyBytes: 100_001))
        #expect(whole.body.count == 100_001)
    }

    @Test func tellsWhatBroke() async throws {
        let client = try HTTPClient()
        let reset = try LoopbackServer { _ in .reset }
        await expectFailure(.broken) { try await client.send(HTTPRequest("GET", reset.url + "/")) }
        let cut = try LoopbackServer { _ in .cutOff("{\"a\":") }
        await expectFailure(.broken) { try await client.send(HTTPRequest("GET", cut.url + "/")) }
        let other = try LoopbackServer { _ in .raw(Array("not HTTP at all\r\n\r\n".utf8)) }
        await expectFailure(.broken) { try await client.send(HTTPRequest("GET", other.url + "/")) }
        let silent = try LoopbackServer { _ in .silence }
        await expectFailure(.timeout) {
            try await client.send(HTTPRequest("GET", silent.url + "/", timeout: .milliseconds(200)))
        }
        silent.stop()
        await expectFailure(.connection) { try await client.send(HTTPRequest("GET", silent.url + "/")) }
        await expectFailure(.unknownHost) { try await client.send(HTTPRequest("GET", "http://nowhere.invalid/")) }
    }

    @Test func errorsDoNotRepeatSecrets() async throws {
        let server = try LoopbackServer { _ in .reset }
        let client = try HTTPClient()
        do throws(HTTPFailure) {
            _ = try await client.send(
                HTTPRequest(
                    "GET", server.url + "/path-hidden?sig=query-hidden",
                    headers: [HTTPHeader("Authorization", "Bearer header-hidden")]))
            Issue.record("an answer came")
        } catch {
            #expect(!"\(error)".contains("hidden"))
            #expect("\(error)".contains(server.url))
        }
    }

    @Test func cancellingEndsATransferAndFreesItsPlace() async throws {
        let arrived = Gate()
        let count = Mutex(0)
        let server = try LoopbackServer { _ in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            guard isFirst else { return .json("{}") }
            arrived.open()
            return .silence
        }
        var settings = HTTPClientSettings()
        settings.transfersPerHost = 1
        let client = try HTTPClient(settings)
        let first = Task { try await client.send(HTTPRequest("GET", server.url + "/")) }
        await arrived.opened()
        let waiting = Task { try await client.send(HTTPRequest("GET", server.url + "/waiting")) }
        waiting.cancel()
        await expectFailure(.cancelled) { try await waiting.value }
        first.cancel()
        await expectFailure(.cancelled) { try await first.value }
        #expect(try await client.send(HTTPRequest("GET", server.url + "/")).status == 200)
    }

    @Test func readsInterimAnswers() async throws {
        let server = try LoopbackServer { _ in
            .raw(
                Array(
                    """
                    HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Late: 2\r\n\
                    Content-Length: 2\r\n\r\n{}
                    """.utf8))
        }
        let response = try await HTTPClient().send(HTTPRequest("GET", server.url + "/"))
        #expect(response.status == 200)
        #expect(response.header("X-Early") == nil)
        #expect(response.header("X-Late") == "2")
    }

    private func expectFailure(
        _ kind: HTTPFailure.Kind, _ body: () async throws -> HTTPResponse, location: SourceLocation = #_sourceLocation
    ) async {
        do {
            let response = try await body()
            Issue.record("an answer came: \(response.status)", sourceLocation: location)
        } catch {
            #expect((error as? HTTPFailure)?.kind == kind, "\(error)", sourceLocation: location)
        }
    }
}
