import MartletCore
import MartletHTTPClient
import Testing

@testable import MartletProviders

/// Decisions about calls, apart from any wire.
@Suite struct CallingTests {
    @Test func pausesGrowAndEnd() {
        let policy = RetryPolicy()
        for jitter in [0.0, 0.5, 1.0] {
            var last = Duration.zero
            for attempt in 1..<policy.attempts {
                let pause = policy.pause(after: attempt, .status(500, retryAfter: nil), jitter: jitter)
                #expect(pause.map { $0 > last && $0 <= policy.longestPause } == true)
                last = pause ?? .zero
            }
            #expect(policy.pause(after: policy.attempts, .status(500, retryAfter: nil), jitter: jitter) == nil)
        }
        let wanted = policy.pause(after: 1, .status(429, retryAfter: .seconds(7)), jitter: 1)
        #expect(wanted.map { $0 >= .seconds(7) && $0 < .seconds(9) } == true)
        #expect(policy.pause(after: 1, .status(429, retryAfter: .seconds(3_600)), jitter: 0) == nil)
        #expect(policy.pause(after: 1, .status(503, retryAfter: .seconds(1)), jitter: 0) == .seconds(1))
    }

    @Test(arguments: [400, 401, 403, 404, 405, 409, 410, 501])
    func whatWillNotChangeIsNotAskedAgain(status: Int) {
        #expect(RetryPolicy().pause(after: 1, .status(status, retryAfter: nil), jitter: 0) == nil)
    }

    @Test(arguments: [
        ("120", Duration.seconds(120)), ("0", .zero), ("1.5", .milliseconds(1500)),
        ("Sun, 06 Nov 1994 08:49:47 GMT", .seconds(10)), ("Sun, 06 Nov 1994 08:49:30 GMT", .zero),
    ])
    func readsWhenToComeBack(text: String, pause: Duration) {
        let response = HTTPResponse(status: 429, headers: [HTTPHeader("Retry-After", text)])
        #expect(response.retryAfter(now: 784_111_777) == pause)
    }

    @Test(arguments: ["", "soon", "-1", "Sun, 99", "1e99"])
    func otherWordsSayNothing(text: String) {
        #expect(HTTPResponse(status: 429, headers: [HTTPHeader("retry-after", text)]).retryAfter() == nil)
    }

    @Test(arguments: [
        #"[]"#, #"{"*":1}"#, #"{"*":"ftp://x"}"#, #"{"*":"http://example.com/{host}"}"#, #"{"a/b":"https://x"}"#,
        #"{"":"https://x"}"#, #"{"*":"https://x/?a=b"}"#, "{", #"{"*":"http://user:pw@127.0.0.1"}"#,
    ])
    func mapsThatAreNoneAreRefused(text: String) {
        do {
            _ = try EndpointMap(json: Array(text.utf8), file: "map.json")
            Issue.record("it was read")
        } catch let error as MartletError {
            #expect(error.place?.hasPrefix("map.json") == true, "\(error)")
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func linksStayWithTheirHost() throws {
        let map = try EndpointMap(json: Array(#"{"*":"http://127.0.0.1:9/_/{host}/"}"#.utf8), file: "m")
        let addresses = AzureAddresses(map: map)
        let call = AzureCall(host: .arm, url: "https://management.azure.com/a?x=1", label: "/a", permission: "p")
        func next(_ link: String) -> String? { addresses.call(after: call, link: link)?.url }
        #expect(addresses.destination(of: call.url) == "http://127.0.0.1:9/_/management.azure.com/a?x=1")
        #expect(next("https://management.azure.com/b?y") == "https://management.azure.com/b?y")
        #expect(next("https://management.azure.com:443/b") != nil)
        #expect(next("http://127.0.0.1:9/_/management.azure.com/b") == "https://management.azure.com/b")
        for link in [
            "https://evil.example/b", "http://management.azure.com/b", "https://management.azure.com.evil.example/",
            "https://management.azure.com@evil.example/", "http://127.0.0.1:9/_/graph.microsoft.com/b", "/b", "",
            "https://management.azure.com:444/b",
        ] { #expect(next(link) == nil, "\(link)") }
    }

    @Test(arguments: [
        ("https://v.vault.azure.net/keys", true), ("https://v.vault.azure.net.evil.example/keys", false),
        ("https://evil.example/keys", false), ("https://a.b.vault.azure.net/keys", false),
        ("http://v.vault.azure.net/keys", false), ("https://.vault.azure.net/keys", false),
        ("https://v.vault.azure.net:8443/keys", false),
    ])
    func tokensGoOnlyToOwnHosts(url: String, isSent: Bool) throws {
        var scope = CollectedScope(variables: [:])
        scope.item = .object([.init("kid", .string(url))])
        let request = CollectorRequest(path: try PathTemplate("{kid}"), permission: "p")
        let call = try? AzureAddresses().call(request, path: request.path, host: .keyvault, in: scope)
        #expect((call != nil) == isSent)
    }

    @Test func aSilentHostIsLeftAlone() {
        var state = HostState()
        for count in 1...HostState.silentAfter {
            state.noteFailure()
            #expect(state.deservesRetries == (count < HostState.impatientAfter))
            #expect(state.isSilent == (count >= HostState.silentAfter))
        }
        state.noteAnswer()
        #expect(state.deservesRetries && !state.isSilent)
    }

    @Test func theLedgerPromisesNoMoreThanWasSeen() {
        let account = AccountKey(provider: .azure, uid: "s")
        var ledger = CoverageLedger()
        ledger.note(region: "c")
        ledger.evaluated(0, in: "a")
        ledger.evaluated(0, in: "b")
        ledger.failed(0, in: "b", .denied, CoverageGap(message: "no"))
        func state(_ check: Int, _ region: String?, limit: Set<String>? = nil) -> CoverageState? {
            ledger.statements(of: check, id: "x", account: account, limit: limit).first { $0.region == region }?.state
        }
        #expect(state(0, "a") == .evaluated)
        #expect(state(0, "b") == .denied)
        #expect(state(0, "c") == .noResources)
        #expect(state(0, nil) == .noResources)
        #expect(state(1, "a") == .noResources)
        #expect(state(0, "z", limit: ["z"]) == .noResources)
        #expect(state(0, nil, limit: ["z"]) == nil)
        // What failed somewhere unknown may have failed everywhere.
        ledger.failed(0, in: nil, .errored, CoverageGap(message: "list"))
        #expect(state(0, nil) == .errored)
        #expect(state(0, "a") == nil)
    }
}
