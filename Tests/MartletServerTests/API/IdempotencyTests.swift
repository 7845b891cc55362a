import MartletCore
import MartletHTTPServer
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletServer

@Suite struct IdempotencyTests {
    @Test func theSameRequestIsCarriedOutOnce() async throws {
        try await ServiceTests.with { ask in
            let body = ServiceTests.create("x")
            let key: HTTPHeaders = ["Idempotency-Key": "one"]
            let first = try await ask(.post, "/api/v1/things", key, body: body)
            let again = try await ask(.post, "/api/v1/things", key, body: body)
            #expect(first.status == 202)
            #expect(again.status == 202)
            #expect(again.text == first.text)
            #expect(again.headers["Location"] == first.headers["Location"])
            #expect(again.headers["Idempotency-Replayed"] == "true")
            #expect(again.headers["X-Request-Id"] != first.headers["X-Request-Id"])
            let turned = "{\"data\":{\"attributes\":{\"name\":\"x\"},\"type\":\"things\"}}"
            #expect(try await ask(.post, "/api/v1/things", key, body: turned).text == first.text)
            let otherKey = try await ask(.post, "/api/v1/things", ["Idempotency-Key": "two"], body: body)
            #expect(otherKey.text != first.text)
            let without = try await ask(.post, "/api/v1/things", body: body)
            #expect(without.text != first.text)
        }
    }

    @Test func anotherBodyIsRefused() async throws {
        try await ServiceTests.with { ask in
            let key: HTTPHeaders = ["Idempotency-Key": "k"]
            #expect(try await ask(.post, "/api/v1/things", key, body: ServiceTests.create("x")).status == 202)
            let other = try await ask(.post, "/api/v1/things", key, body: ServiceTests.create("y"))
            #expect(other.status == 422)
            #expect(other.text.contains("key_reused"))
        }
    }

    @Test func whatTheClientDidWrongStaysWrongAndWhatWeDidIsTriedAgain() async throws {
        try await ServiceTests.with { ask in
            let key: HTTPHeaders = ["Idempotency-Key": "c"]
            #expect(try await ask(.post, "/api/v1/things", key, body: ServiceTests.create("taken")).status == 409)
            let again = try await ask(.post, "/api/v1/things", key, body: ServiceTests.create("taken"))
            #expect(again.headers["Idempotency-Replayed"] == "true")
            let ours: HTTPHeaders = ["Idempotency-Key": "d"]
            #expect(try await ask(.post, "/api/v1/things", ours, body: ServiceTests.create("broken")).status == 503)
            let retried = try await ask(.post, "/api/v1/things", ours, body: ServiceTests.create("broken"))
            #expect(retried.status == 503)
            #expect(retried.headers["Idempotency-Replayed"] == nil)
        }
    }

    @Test func keysAreShortAndGivenOnce() async throws {
        try await ServiceTests.with { ask in
            for key in ["", String(repeating: "k", count: 256)] {
                let answer = try await ask(
                    .post, "/api/v1/things", ["Idempotency-Key": key], body: ServiceTests.create("x"))
                #expect(answer.status == 400)
            }
        }
    }

    @Test("every POST that may answer 202 understands the header")
    func everyEndpointThatStartsWork() {
        let starting = EndpointTable.all.filter { endpoint in
            endpoint.method == .post && endpoint.responses.contains { $0.status == 202 }
        }
        #expect(starting.count > 8)
        for endpoint in starting { #expect(endpoint.startsWork, "\(endpoint.operation)") }
    }

    /// Takes a request and does not answer it before it is let go.
    private final class Gate: Sendable {
        private let reached = AsyncStream<Void>.makeStream()
        private let released = AsyncStream<Void>.makeStream()

        func hold() async {
            reached.continuation.yield()
            for await _ in released.stream { return }
        }
        func waitUntilHeld() async { for await _ in reached.stream { return } }
        func release() { released.continuation.yield() }
    }

    @Test("while the first request is in flight, one with its key is 409, over HTTP")
    func inFlight() async throws {
        let gate = Gate()
        let endpoint = Endpoint(
            .post, "/api/v1/slow", operation: "slow", tag: "T", summary: "s", access: .authenticated,
            request: .resource(ServiceTests.thing), responses: [ResponseSpec(202, .resource(ServiceTests.thing))],
            startsWork: true
        ) { context in
            await gate.hold()
            return context.answer(ResourceIdentifier("things", "1"), status: 202) { $0.attribute("name", "done") }
        }
        let folder = try TemporaryPlace()
        let store = try await Store.open(url: "sqlite:\(folder.path)/s.db")
        let caller = ServiceTests.OneCaller(tenant: store.tenant)
        let service = APIService(
            endpoints: [endpoint], services: ServerServices(store: store, authenticator: caller))
        try await HTTPServerTests.with(handler: { await service.respond(to: $0) }) { port, _ in
            let body = Array(ServiceTests.create("x").utf8)
            @Sendable func send(_ key: String) async throws -> RawClient.Answer {
                let head = [
                    "POST /api/v1/slow HTTP/1.1", "Host: h", "Authorization: Bearer good", "Idempotency-Key: \(key)",
                    "Content-Type: \(JSONAPI.mediaType)", "Content-Length: \(body.count)", "", "",
                ]
                return try await RawClient.send(head.joined(separator: "\r\n"), body: body, port: port)
            }
            async let first = send("k")
            await gate.waitUntilHeld()
            let second = try await send("k")
            #expect(second.status == 409 && second.text.contains("in_flight"), "\(second.text)")
            #expect(second["Retry-After"] == "1")
            gate.release()
            let answer = try await first
            #expect(answer.status == 202, "\(answer.text)")
            let third = try await send("k")
            #expect(third.status == 202 && third.text == answer.text && third["Idempotency-Replayed"] == "true")
        }
        await store.close()
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: ServerStore.allCases) func recordsGoThroughTheirStates(_ place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let tenant = api.store.tenant
            @Sendable func hash(_ text: String) -> ContentHash {
                var hasher = ContentHasher()
                hasher.add(text)
                return hasher.finish()
            }
            let (request, body) = (hash("request"), hash("body"))
            let answer = IdempotentAnswer(status: 202, headers: "[]", body: [1, 2, 3])
            let database = api.store.database
            let found = try await database.write { connection in
                var found = [try IdempotencyRecords.begin(request, body: body, tenant: tenant, connection)]
                found.append(try IdempotencyRecords.begin(request, body: body, tenant: tenant, connection))
                try IdempotencyRecords.finish(request, with: answer, tenant: tenant, connection)
                found.append(try IdempotencyRecords.begin(request, body: body, tenant: tenant, connection))
                found.append(try IdempotencyRecords.begin(request, body: hash("other"), tenant: tenant, connection))
                let late = hash("late")
                found.append(try IdempotencyRecords.begin(late, body: body, tenant: tenant, connection))
                try IdempotencyRecords.forget(late, tenant: tenant, connection)
                found.append(try IdempotencyRecords.begin(late, body: body, tenant: tenant, connection))
                // As if its server had died, and as if a day had passed.
                try connection.execute(
                    "UPDATE idempotency_keys SET begun_at = begun_at - $2 WHERE tenant = $1",
                    [.int(tenant), .int(IdempotencyRecords.patience + 1000)])
                found.append(try IdempotencyRecords.begin(late, body: body, tenant: tenant, connection))
                found.append(try IdempotencyRecords.begin(request, body: body, tenant: tenant, connection))
                try connection.execute(
                    "UPDATE idempotency_keys SET begun_at = begun_at - $2 WHERE tenant = $1",
                    [.int(tenant), .int(IdempotencyRecords.lifetime)])
                found.append(try IdempotencyRecords.begin(request, body: body, tenant: tenant, connection))
                return found
            }
            #expect(
                found == [
                    .first, .inFlight, .answered(answer), .otherBody, .first, .first, .first, .answered(answer), .first,
                ])
        }
    }
}
