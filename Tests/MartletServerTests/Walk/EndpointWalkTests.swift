import MartletCore
import MartletHTTPServer
import Testing

@testable import MartletEngine
@testable import MartletServer
@testable import MartletStore

/// Walks every endpoint of the table with every kind of caller. An endpoint that nobody has told how to call fails.
@Suite("API: every endpoint × every caller")
struct EndpointWalkTests {
    @Test("the walk knows how to call every endpoint, and every operation has a name of its own")
    func known() {
        var names: Set<String> = []
        for endpoint in EndpointTable.all {
            #expect(names.insert(endpoint.operation).inserted, "two endpoints are called \(endpoint.operation)")
            #expect(
                Self.call(endpoint) != nil,
                """
                \(endpoint.method) \(endpoint.path): the walk does not know how to call \(endpoint.operation). Add it to \
                WalkTable.calls: the values of its path's parameters, its query and its body.
                """)
        }
        for operation in WalkTable.calls.keys {
            #expect(names.contains(operation), "WalkTable has \(operation), which no endpoint is called")
        }
    }

    @Test("without credentials, with an expired token, with a revoked key: 401", arguments: ServerStore.allCases)
    func unknownCallers(place: ServerStore) async throws {
        try await WalkPlace.with(place) { place in
            let before = try await Self.dump(place)
            let callers: [(String, APIFixture.Shown)] = [
                ("no credentials", .nothing), ("an expired token", .token(place.expiredToken)),
                ("a revoked key", .key(place.revokedKey)), ("a changed token", .token(place.api.owner.access + "A")),
                ("a refresh token", .token(place.api.owner.refresh)),
            ]
            for endpoint in EndpointTable.all where endpoint.access != .open {
                let path = Self.path(endpoint, values: [:])
                for (name, shown) in callers {
                    let answer = try await place.api.ask(endpoint.method, path, showing: shown)
                    #expect(answer.status == 401, "\(endpoint.operation) with \(name): \(answer.status)")
                }
            }
            #expect(try await Self.dump(place) == before)
        }
    }

    @Test("with every permission but the one that is needed: 403", arguments: ServerStore.allCases)
    func tooLittle(place: ServerStore) async throws {
        try await WalkPlace.with(place) { place in
            var people: [Permission: APIFixture.Person] = [:]
            for (name, permission) in Permissions.named {
                let key = try #require(Permission(rawValue: name))
                people[key] = try await place.api.member("without-\(name)", Permissions.all.subtracting(permission))
            }
            let calls = try await Self.calls(place)
            let before = try await Self.dump(place)
            for (endpoint, path, body) in calls {
                guard case .permission(let permission) = endpoint.access else { continue }
                let answer = try await place.api.ask(
                    endpoint.method, path, showing: .token(try #require(people[permission]).access), body,
                    headers: Self.headers(endpoint))
                #expect(answer.status == 403, "\(endpoint.operation) without \(permission.rawValue): \(answer.status)")
            }
            #expect(try await Self.dump(place) == before)
        }
    }

    @Test("an owner of another tenant reaches nothing and changes nothing", arguments: ServerStore.allCases)
    func otherTenant(place: ServerStore) async throws {
        try await WalkPlace.with(place) { place in
            let calls = try await Self.calls(place)
            let before = try await Self.dump(place)
            #expect(before.values.contains { $0.contains { $0.contains(WalkPlace.canary) } })
            // Reading comes first: what the stranger makes in the own tenant has such names, too.
            let ordered = calls.filter { $0.0.method == .get } + calls.filter { $0.0.method != .get }
            for (endpoint, path, body) in ordered where endpoint.access != .open {
                let answer = try await place.api.ask(
                    endpoint.method, path, showing: .token(try await place.strangerSession()), body,
                    headers: Self.headers(endpoint))
                if !endpoint.path.parameters.isEmpty {
                    #expect(
                        [403, 404].contains(answer.status), "\(endpoint.operation): \(answer.status) \(answer.text)")
                }
                #expect(answer.status < 500, "\(endpoint.operation): \(answer.status)")
                // What the stranger sent may come back.
                if endpoint.method == .get {
                    #expect(!answer.text.contains(WalkPlace.canary), "\(endpoint.operation) tells of another tenant")
                }
            }
            #expect(try await Self.dump(place) == before)
        }
    }

    @Test(
        "an owner is answered: the calls are right, so that the refusals above mean something",
        arguments: ServerStore.allCases)
    func owner(place: ServerStore) async throws {
        try await WalkPlace.with(place) { place in
            for endpoint in EndpointTable.all {
                let call = try #require(Self.call(endpoint))
                let (path, body) = try await Self.request(endpoint, call, place)
                let answer = try await place.api.ask(
                    endpoint.method, path, showing: .token(try await place.session()), body,
                    headers: Self.headers(endpoint))
                #expect(call.expected.contains(answer.status), "\(endpoint.operation): \(answer.status) \(answer.text)")
                let known = endpoint.responses.map(\.status)
                #expect(
                    answer.status >= 400 || known.contains(answer.status),
                    "\(endpoint.operation) has no \(answer.status)")
            }
        }
    }
}

extension EndpointWalkTests {
    /// How an endpoint is called; nil where nobody has said.
    static func call(_ endpoint: Endpoint) -> WalkCall? {
        if let call = WalkTable.calls[endpoint.operation] { return call }
        let needsQuery =
            endpoint.query.filters.contains(where: \.isRequired)
            || endpoint.query.parameters.contains(where: \.isRequired)
        return endpoint.path.parameters.isEmpty && endpoint.request == .none && !needsQuery ? WalkCall() : nil
    }

    /// Says what the body is, where it is no JSON:API document.
    static func headers(_ endpoint: Endpoint) -> HTTPHeaders {
        switch endpoint.request {
        case .json: ["Content-Type": "application/json"]
        case .multipart: ["Content-Type": "multipart/form-data; boundary=walk"]
        default: [:]
        }
    }

    /// The path with values; what has none gets an id of nothing.
    static func path(_ endpoint: Endpoint, values: [String: String]) -> String {
        "/"
            + endpoint.path.segments.map { segment in
                switch segment {
                case .literal(let text): text
                case .parameter(let name):
                    PercentEncoding.encode(values[name] ?? "00000000-0000-4000-8000-000000000000")
                }
            }.joined(separator: "/")
    }

    static func request(
        _ endpoint: Endpoint, _ call: WalkCall, _ place: WalkPlace
    ) async throws -> (path: String, body: JSONValue?) {
        let values = try await call.values(place)
        for name in endpoint.path.parameters {
            #expect(values[name]?.isEmpty == false, "WalkTable says nothing of {\(name)} of \(endpoint.operation)")
        }
        let query = try await call.query(place)
        return (path(endpoint, values: values) + query, try await call.body(place, values))
    }

    /// The calls of all endpoints, with what their paths name.
    private static func calls(_ place: WalkPlace) async throws -> [(Endpoint, path: String, body: JSONValue?)] {
        var calls: [(Endpoint, path: String, body: JSONValue?)] = []
        for endpoint in EndpointTable.all {
            let (path, body) = try await request(endpoint, #require(call(endpoint)), place)
            calls.append((endpoint, path, body))
        }
        return calls
    }

    /// Everything that the first tenant has.
    static func dump(_ place: WalkPlace) async throws -> [String: [String]] {
        let tenant = place.api.tenant.number
        return try await place.api.store.database.scoped(to: .tenant(tenant)).read { connection in
            var dump: [String: [String]] = [:]
            for table in TableCatalog.copied + TableCatalog.notCopied {
                let columns = try connection.columns(of: table).joined(separator: ", ")
                let key = table == "tenants" ? "id" : "tenant"
                try connection.query("SELECT \(columns) FROM \(table) WHERE \(key) = $1", [.int(tenant)]) { row in
                    let count = columns.split(separator: ",").count
                    dump[table, default: []].append((0..<count).map { "\(row.value($0))" }.joined(separator: " "))
                }
                dump[table]?.sort()
            }
            return dump
        }
    }
}
