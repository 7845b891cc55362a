import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// A call that changes something, ready to be sent any number of times.
struct ChangeCall: Sendable {
    let endpoint: Endpoint
    let path: String
    let values: [String: String]
    private let headers: HTTPHeaders
    private let body: [UInt8]

    /// What the call of an endpoint needs is made for it, in the first tenant.
    init(_ endpoint: Endpoint, _ place: WalkPlace) async throws {
        let call = try #require(WalkTable.changes[endpoint.operation] ?? EndpointWalkTests.call(endpoint))
        values = try await call.values(place)
        self.endpoint = endpoint
        path =
            try await EndpointWalkTests.path(endpoint, values: values) + call.query(place)
            + (values["invitation"].map { "?invitation_token=" + $0 } ?? "")
        var headers: HTTPHeaders = ["X-Request-Id": "request-1"]
        let token = if let token = values["token"] { token } else { try await place.session() }
        headers["Authorization"] = "Bearer " + token
        for field in EndpointWalkTests.headers(endpoint).fields { headers.add(field.name, field.value) }
        if endpoint.request != .none, headers["Content-Type"] == nil { headers["Content-Type"] = JSONAPI.mediaType }
        if case .multipart = endpoint.request {
            body = WalkTable.upload
        } else {
            body = try await call.body(place, values).map { Array($0.text.utf8) } ?? []
        }
        self.headers = headers
    }

    /// Sends it.
    func send(_ place: WalkPlace, match: String? = nil) async throws -> Answer {
        var headers = headers
        if let match { headers["If-Match"] = match }
        return try await place.api.send(endpoint.method, path, headers, HTTPBody(body))
    }

    /// Reads the resource that the call changes, where it has an address to be read at.
    func read(_ place: WalkPlace, ifNoneMatch: String? = nil) async throws -> Answer {
        var headers = headers
        headers["Content-Type"] = nil
        if let ifNoneMatch { headers["If-None-Match"] = ifNoneMatch }
        return try await place.api.send(.get, try await readPath(place), headers, HTTPBody([]))
    }

    /// The endpoint that reads what an endpoint changes; nil where there is none.
    static func reader(of endpoint: Endpoint) -> Endpoint? {
        let path = endpoint.path.description
        let own = path.split(separator: "/relationships/").first.map(String.init) ?? path
        let paths = [
            own.hasSuffix("/revoke") ? String(own.dropLast("/revoke".count)) : own,
            own.replacing("/tenants/{tenant_pk}/", with: "/users/{user_pk}/"),
        ]
        return EndpointTable.all.first { $0.method == .get && paths.contains($0.path.description) }
    }

    private func readPath(_ place: WalkPlace) async throws -> String {
        let reader = try #require(Self.reader(of: endpoint))
        var values = values
        if reader.path.parameters.contains("user_pk") {
            let (tenant, id) = (place.api.tenant.number, try #require(values["id"]))
            let row = try await place.api.store.database.read { connection in
                try MembershipRecords.all(tenant: tenant, connection).first { $0.id == id }
            }
            // One that has ended is nobody's.
            values["user_pk"] = row?.user ?? UUIDText.random()
        }
        return EndpointWalkTests.path(reader, values: values)
    }
}
