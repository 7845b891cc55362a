import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: events of scans")
struct EventEndpointTests {
    /// A scan that nobody takes, and a server whose hub is `hub`.
    private func with(
        _ place: ServerStore = .sqlite, _ hub: ProgressHub,
        _ body: (APIFixture, String) async throws -> Void
    ) async throws {
        try await APIFixture.with(place) { api in
            let key = AccountKey(provider: try #require(Provider(name: "aws")), uid: "111122223333")
            let tenant = api.tenant.number
            let scan = try await api.change { connection in
                let account = try Accounts.account(key, tenant: tenant, connection)
                return try ScanQueue.enqueue(
                    ScanOrder(source: "file:/nowhere"), of: account, terms: .init(), connection)
            }
            var services = api.services
            services.progress = hub
            try await body(
                APIFixture(
                    store: api.store, access: api.access, ring: api.ring, services: services, tenant: api.tenant,
                    owner: api.owner), scan)
        }
    }

    private func listen(_ api: APIFixture, _ scan: String) async throws -> HTTPResponse {
        try await api.respond(.get, "/scans/\(scan)/events", ["Authorization": "Bearer " + api.owner.access])
    }

    private func next(_ response: HTTPResponse) async throws -> String? {
        guard case .stream(let stream) = response.body else { return nil }
        return try await stream.next().map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("too many listeners are refused, and those who listen are not disturbed", arguments: ServerStore.allCases)
    func crowd(place: ServerStore) async throws {
        try await with(place, ProgressHub(limit: 2, interval: .milliseconds(20))) { api, scan in
            let first = try await listen(api, scan)
            var second: HTTPResponse? = try await listen(api, scan)
            #expect(first.status == 200 && second?.status == 200)
            for _ in 0..<5 {
                let refused = try await listen(api, scan)
                #expect(refused.status == 503)
                #expect(refused.headers["Retry-After"].flatMap { Int($0) }.map { $0 > 0 } == true)
                guard case .bytes(let bytes) = refused.body else {
                    Issue.record("the refusal is no document")
                    return
                }
                #expect(try JSONValue.parse(bytes)["errors"]?[0]?["code"]?.stringValue == "unavailable")
                // What a refusal leaves behind is done later.
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await next(first)?.contains("event: progress") == true)
            #expect(try await next(first) == ": alive\n\n", "the scan is there, and nothing has happened")
            // Whoever goes makes room.
            second = nil
            var again = try await listen(api, scan)
            for _ in 0..<1_000 where again.status == 503 {
                try await Task.sleep(for: .milliseconds(20))
                again = try await listen(api, scan)
            }
            #expect(again.status == 200)
            _ = (first, second)
        }
    }

    @Test("what is silent says from time to time that it lives")
    func heartbeat() async throws {
        try await with(.sqlite, ProgressHub(limit: 2, interval: .milliseconds(5))) { api, scan in
            let response = try await listen(api, scan)
            #expect(try await next(response)?.contains("\"state\":\"available\"") == true)
            for _ in 0..<3 { #expect(try await next(response) == ": alive\n\n") }
        }
        // A proxy gives up a silent connection after a minute.
        #expect(ProgressHub.usualInterval * ProgressHub.beats <= .seconds(30))
    }
}
