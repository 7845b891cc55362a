import MartletCore
import MartletHTTPServer
import MartletStore
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
