import MartletCore
import MartletHTTPServer
import MartletStore
import Synchronization
import Testing

@testable import MartletServer

/// The frame: what is true of every endpoint, with endpoints of the test's own.
@Suite struct ServiceTests {
    /// Knows one token and what it may do.
    struct OneCaller: Authenticator {
        var permissions: Set<Permission> = [.manageScans]
        let tenant: Int64

        func authenticate(_ credentials: Credentials, from address: String) async throws -> Principal {
            guard credentials == .bearer("good") else { throw APIError.unauthenticated() }
            return Principal(
                tenant: tenant, tenantID: "t", user: "u", credential: "token:1", permissions: permissions,
                visibility: .all)
        }
    }

    static let thing = ResourceSchema("things", component: "Thing", attributes: [Property("name", .string())])
    static let starts = Mutex(0)

    static let endpoints: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/things", operation: "things_list", tag: "T", summary: "s", access: .authenticated,
            query: QuerySpec(fields: [thing], paging: PagingSpec()), responses: [ResponseSpec(200, .list(thing))],
            validator: { _ in EntityTag("v1") }
        ) { context in
            context.answer(list: Array(0..<50), count: .exact(50)) { row, writer in
                writer.resource(ResourceIdentifier("things", "\(row)")) { $0.attribute("name", "thing number \(row)") }
            }
        },
        Endpoint(
            .post, "/api/v1/things", operation: "things_create", tag: "T", summary: "s",
            access: .permission(.manageScans), request: .resource(thing),
            responses: [ResponseSpec(202, .resource(thing))],
            bodyLimit: 1000, startsWork: true
        ) { context in
            let input = try await context.input()
            if input.string("name") == "taken" { throw APIError.conflict("It is taken.") }
            if input.string("name") == "broken" { throw MartletError(.database, "SELECT secret FROM x failed") }
            let number = starts.withLock { value in
                value += 1
                return value
            }
            return context.answer(
                ResourceIdentifier("things", "\(number)"), status: 202,
                headers: ["Location": "/api/v1/things/\(number)"]
            ) { $0.attribute("name", input.string("name")) }
        },
        Endpoint(
            .delete, "/api/v1/things/{id}", operation: "things_delete", tag: "T", summary: "s",
            access: .permission(.manageUsers), responses: [ResponseSpec(204, .none)]
        ) { $0.nothing },
        Endpoint(
            .patch, "/api/v1/things/{id}", operation: "things_change", tag: "T", summary: "s", access: .authenticated,
            request: .resource(thing), responses: [ResponseSpec(200, .resource(thing))],
            state: { _, _ in ContentHash(of: "v7") }
        ) { context in
            try await context.store.database.write { try context.requireMatch($0) }
            return context.nothing
        },
        Endpoint(
            .get, "/api/v1/broken", operation: "broken", tag: "T", summary: "s", access: .open,
            responses: [ResponseSpec(200, .none)]
        ) { _ in
            struct Secret: Error { let sql = "SELECT password" }
            throw Secret()
        },
        Endpoint(
            .get, "/api/v1/place", operation: "place", tag: "T", summary: "s", access: .open,
            responses: [ResponseSpec(200, .json(.any))], produces: ["application/json", "text/csv"]
        ) { context in
            HTTPResponse(
                status: 200, headers: ["Content-Type": context.mediaType],
                body: .bytes(Array("\(context.request.remoteAddress) \(context.origin)".utf8)))
        },
    ]

    static func with(
        _ change: (inout APISettings) -> Void = { _ in }, log: RequestLog = RequestLog { _ in },
        _ body: (Asker) async throws -> Void
    ) async throws {
        let folder = try TemporaryPlace()
        let store = try await Store.open(url: "sqlite:\(folder.path)/s.db")
        var settings = APISettings()
        change(&settings)
        let services = ServerServices(store: store, authenticator: OneCaller(tenant: store.tenant))
        let service = APIService(endpoints: endpoints, services: services, settings: settings, log: log)
        do { try await body(Asker(service: service)) } catch {
            await store.close()
            throw error
        }
        await store.close()
        withExtendedLifetime(folder) {}
    }

    struct Asker {
        let service: APIService

        func callAsFunction(
            _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:], body: String = "",
            address: String = "192.0.2.7", good: Bool = true
        ) async throws -> (status: Int, headers: HTTPHeaders, text: String, bytes: [UInt8]) {
            var headers = headers
            if good, headers["Authorization"] == nil { headers["Authorization"] = "Bearer good" }
            if !body.isEmpty, headers["Content-Type"] == nil { headers["Content-Type"] = JSONAPI.mediaType }
            let response = await service.respond(
                to: HTTPRequest(
                    method: method, target: try HTTPTarget(path), headers: headers, remoteAddress: address,
                    body: HTTPBody(Array(body.utf8))))
            guard case .bytes(let bytes) = response.body else { return (response.status, response.headers, "", []) }
            return (response.status, response.headers, String(decoding: bytes, as: UTF8.self), bytes)
        }
    }

    static func create(_ name: String) -> String {
        "{\"data\": {\"type\": \"things\", \"attributes\": {\"name\": \"\(name)\"}}}"
    }

    @Test func pathsMethodsAndMediaTypes() async throws {
        try await Self.with { ask in
            #expect(try await ask(.get, "/api/v1/nothing").status == 404)
            #expect(try await ask(.get, "/api/v1/things/").status == 404)
            let other = try await ask(.put, "/api/v1/things")
            #expect(other.status == 405)
            #expect(other.headers["Allow"] == "GET, HEAD, POST, OPTIONS")
            let options = try await ask(.options, "/api/v1/things", good: false)
            #expect(options.status == 204)
            #expect(options.headers["Allow"] == "GET, HEAD, POST, OPTIONS")
            #expect(try await ask(.get, "/api/v1/things", ["Accept": "text/html"]).status == 406)
            #expect(try await ask(.get, "/api/v1/things", ["Accept": "text/html, */*;q=0.1"]).status == 200)
            let plain = try await ask(.get, "/api/v1/things", ["Accept": "application/json"])
            #expect(plain.headers["Content-Type"] == "application/json")
            let csv = try await ask(.get, "/api/v1/place", ["Accept": "application/json;q=0.5, text/csv"])
            #expect(csv.headers["Content-Type"] == "text/csv")
            let text = Self.create("x")
            #expect(try await ask(.post, "/api/v1/things", ["Content-Type": "text/plain"], body: text).status == 415)
            let coded = try await ask(.post, "/api/v1/things", ["Content-Encoding": "gzip"], body: text)
            #expect(coded.status == 415)
            let long = Self.create(String(repeating: "x", count: 1000))
            #expect(try await ask(.post, "/api/v1/things", body: long).status == 413)
            #expect(try await ask(.get, "/api/v1/things", body: "{}").status == 400)
        }
    }

    @Test func callersAndPermissions() async throws {
        try await Self.with { ask in
            let nobody = try await ask(.get, "/api/v1/things", good: false)
            #expect(nobody.status == 401)
            #expect(nobody.headers["WWW-Authenticate"]?.contains("Bearer") == true)
            #expect(nobody.text.contains("\"not_authenticated\""))
            for value in ["Bearer bad", "Basic dTpw", "Bearer", "Bearer good, Bearer good"] {
                #expect(try await ask(.get, "/api/v1/things", ["Authorization": value]).status == 401, "\(value)")
            }
            #expect(try await ask(.delete, "/api/v1/things/7").status == 403)
        }
    }

    @Test func answersHaveAnIDAndSayNothingOfTheInside() async throws {
        let lines = Mutex<[String]>([])
        try await Self.with(log: RequestLog { line in lines.withLock { $0.append(line) } }) { ask in
            let given = try await ask(.get, "/api/v1/things", ["X-Request-Id": "abc-1.2_3"])
            #expect(given.headers["X-Request-Id"] == "abc-1.2_3")
            for bad in ["a b", "a\"b", String(repeating: "x", count: 129), "é"] {
                let answer = try await ask(.get, "/api/v1/things", ["X-Request-Id": bad])
                let id = try #require(answer.headers["X-Request-Id"])
                #expect(UUIDText.canonical(id) == id)
            }
            let broken = try await ask(.get, "/api/v1/broken")
            #expect(broken.status == 500)
            #expect(!broken.text.contains("SELECT"))
            let database = try await ask(.post, "/api/v1/things", body: Self.create("broken"))
            #expect(database.status == 503)
            #expect(!database.text.contains("SELECT"))
            let trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
            _ = try await ask(.get, "/api/v1/things?page[size]=1", ["traceparent": trace])
        }
        let all = lines.withLock { $0 }
        for line in all { #expect(try JSONValue.parse(line)["request_id"]?.stringValue != nil) }
        #expect(all.contains { $0.contains("\"failure\"") && $0.contains("SELECT password") })
        #expect(all.last?.contains("0123456789abcdef0123456789abcdef") == true)
        #expect(!all.contains { $0.contains("good") || $0.contains("page[size]") })
    }

    @Test func tagsSaveAnswersAndKeepWritesApart() async throws {
        try await Self.with { ask in
            let first = try await ask(.get, "/api/v1/things")
            #expect(first.headers["ETag"] == "W/\"v1\"")
            #expect(try await ask(.get, "/api/v1/things", ["If-None-Match": "\"x\", W/\"v1\""]).status == 304)
            #expect(try await ask(.get, "/api/v1/things", ["If-None-Match": "\"x\""]).status == 200)
            #expect(try await ask(.head, "/api/v1/things").status == 200)
            let body = Self.create("x").replacing("\"things\"", with: "\"things\", \"id\": \"7\"")
            #expect(try await ask(.patch, "/api/v1/things/7", ["If-Match": "\"v6\""], body: body).status == 412)
            let tag = "\"\(ContentHash(of: "v7").hex).0\""
            for match in [tag, "\"x\", W/" + tag] {
                #expect(try await ask(.patch, "/api/v1/things/7", ["If-Match": match], body: body).status == 204)
            }
            #expect(try await ask(.patch, "/api/v1/things/7", body: body).status == 204)
        }
    }

    @Test func longAnswersAreCompressed() async throws {
        try await Self.with { ask in
            let plain = try await ask(.get, "/api/v1/things?page[size]=50")
            #expect(plain.headers["Content-Encoding"] == nil)
            let packed = try await ask(.get, "/api/v1/things?page[size]=50", ["Accept-Encoding": "br, gzip"])
            #expect(packed.headers["Content-Encoding"] == "gzip")
            #expect(packed.bytes.prefix(2) == [0x1F, 0x8B])
            #expect(packed.bytes.count < plain.bytes.count / 3)
            let refused = try await ask(.get, "/api/v1/things?page[size]=50", ["Accept-Encoding": "gzip;q=0"])
            #expect(refused.headers["Content-Encoding"] == nil)
        }
    }

    @Test func otherOriginsAreLetInOnlyWhenNamed() async throws {
        let question: HTTPHeaders = ["Origin": "https://app.example", "Access-Control-Request-Method": "GET"]
        try await Self.with { ask in
            let answer = try await ask(.options, "/api/v1/things", question, good: false)
            #expect(!answer.headers.fields.contains { $0.name.hasPrefix("Access-Control") })
        }
        try await Self.with({ $0.allowedOrigins = ["https://app.example"] }) { ask in
            let answer = try await ask(.options, "/api/v1/things", question, good: false)
            #expect(answer.headers["Access-Control-Allow-Origin"] == "https://app.example")
            #expect(answer.headers["Access-Control-Allow-Methods"]?.contains("POST") == true)
            let other = try await ask(.get, "/api/v1/things", ["Origin": "https://evil.example"])
            #expect(other.headers["Access-Control-Allow-Origin"] == nil)
            let failed = try await ask(.get, "/api/v1/things", ["Origin": "https://app.example"], good: false)
            #expect(failed.headers["Access-Control-Allow-Origin"] == "https://app.example")
        }
    }

    @Test func tooManyRequestsAreRefused() async throws {
        try await Self.with({ $0.callerRate = RateLimit(perSecond: 1, burst: 3) }) { ask in
            var statuses: [Int] = []
            for _ in 0..<5 { statuses.append(try await ask(.get, "/api/v1/things").status) }
            #expect(statuses.prefix(3).allSatisfy { $0 == 200 })
            #expect(statuses.contains(429))
        }
        try await Self.with({ $0.addressRate = RateLimit(perSecond: 1, burst: 2) }) { ask in
            var last = try await ask(.get, "/api/v1/place", good: false)
            for _ in 0..<9 where last.status != 429 { last = try await ask(.get, "/api/v1/place", good: false) }
            #expect(last.status == 429)
            #expect(last.headers["Retry-After"] == "1")
            #expect(last.headers["RateLimit"]?.contains("r=0") == true)
            #expect(try await ask(.get, "/api/v1/place", address: "192.0.2.8", good: false).status == 200)
        }
    }

    @Test func forwardedHeadersCountOnlyFromTrustedProxies() async throws {
        let headers: HTTPHeaders = [
            "Host": "inner:8080", "X-Forwarded-For": "203.0.113.9, 10.0.0.2", "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "martlet.example.com",
        ]
        try await Self.with { ask in
            let answer = try await ask(.get, "/api/v1/place", headers, address: "10.0.0.1")
            #expect(answer.text == "10.0.0.1 http://inner:8080")
        }
        try await Self.with({ $0.trustedProxies = ["10.0.0.0/8"].compactMap(AddressRange.init) }) { ask in
            let through = try await ask(.get, "/api/v1/place", headers, address: "10.0.0.1")
            #expect(through.text == "203.0.113.9 https://martlet.example.com")
            let direct = try await ask(.get, "/api/v1/place", headers, address: "192.0.2.1")
            #expect(direct.text == "192.0.2.1 http://inner:8080")
            let hostile: HTTPHeaders = ["Host": "a\"b<c>", "X-Forwarded-For": "not an address"]
            let answer = try await ask(.get, "/api/v1/place", hostile, address: "10.0.0.1")
            #expect(answer.text == "10.0.0.1 http://localhost")
        }
    }
}
