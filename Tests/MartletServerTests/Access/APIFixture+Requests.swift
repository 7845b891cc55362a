import MartletCore
import MartletHTTPServer
import Testing

@testable import MartletServer

/// An answer, read.
struct Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var text: String
    var json: JSONValue

    /// The one resource, or the list.
    var data: JSONValue { json["data"] ?? .null }
    var id: String { data["id"]?.stringValue ?? "" }
    func attribute(_ name: String) -> JSONValue? { data["attributes"]?[name] }
    /// The codes of the errors.
    var codes: [String] { json["errors"]?.arrayValue?.compactMap { $0["code"]?.stringValue } ?? [] }
    /// The places of the errors.
    var pointers: [String] {
        json["errors"]?.arrayValue?.compactMap { $0["source"]?["pointer"]?.stringValue } ?? []
    }
    /// An attribute of every entry of a list.
    func all(_ name: String) -> [String] {
        data.arrayValue?.compactMap { $0["attributes"]?[name]?.stringValue } ?? []
    }
}

extension String {
    /// A path and query that are written readably, as a request's target has them.
    var escaped: String {
        replacing("[", with: "%5B").replacing("]", with: "%5D").replacing(" ", with: "%20")
    }
}

extension APIFixture {
    /// What a request shows to say who makes it.
    enum Shown: Sendable {
        case nothing
        case token(String)
        case key(String)
        case header(String)

        var value: String? {
            switch self {
            case .nothing: nil
            case .token(let token): "Bearer " + token
            case .key(let key): "Api-Key " + key
            case .header(let value): value
            }
        }
    }

    /// Asks as a person.
    func ask(
        _ method: HTTPMethod, _ path: String, as person: Person? = nil, _ body: JSONValue? = nil
    ) async throws -> Answer {
        try await ask(method, path, showing: .token((person ?? owner).access), body)
    }

    /// Asks with anything.
    func ask(
        _ method: HTTPMethod, _ path: String, showing shown: Shown, _ body: JSONValue? = nil,
        headers more: HTTPHeaders = [:]
    ) async throws -> Answer {
        var headers: HTTPHeaders = ["X-Request-Id": "request-1"]
        if body != nil, more["Content-Type"] == nil { headers["Content-Type"] = JSONAPI.mediaType }
        for field in more.fields { headers.add(field.name, field.value) }
        if let value = shown.value { headers["Authorization"] = value }
        return try await send(method, path, headers, HTTPBody(body.map { Array($0.text.utf8) } ?? []))
    }

    /// Asks for a list or a report as a file, and reads it to its end.
    func file(_ path: String, accept: String, as person: Person? = nil) async throws -> Answer {
        let headers: HTTPHeaders = ["Accept": accept, "Authorization": "Bearer " + (person ?? owner).access]
        let response = try await respond(.get, path, headers)
        var bytes: [UInt8] = []
        switch response.body {
        case .bytes(let all): bytes = all
        case .stream(let stream): while let piece = try await stream.next() { bytes += piece }
        default: break
        }
        return Answer(
            status: response.status, headers: response.headers, text: String(decoding: bytes, as: UTF8.self),
            json: .null)
    }

    /// The server's answer as it is, its stream unread.
    func respond(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: HTTPBody = HTTPBody()
    ) async throws -> HTTPResponse {
        let target = try HTTPTarget(
            ["/api/", "/health", "/metrics"].contains(where: path.hasPrefix) ? path : "/api/v1" + path)
        let request = HTTPRequest(
            method: method, target: target, headers: headers, remoteAddress: "192.0.2.1", body: body)
        return await service.respond(to: request)
    }

    /// Sends a request as it is.
    func send(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: HTTPBody) async throws -> Answer {
        let response = try await respond(method, path, headers, body)
        guard case .bytes(let bytes) = response.body else {
            return Answer(status: response.status, headers: response.headers, text: "", json: .null)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let json = (try? JSONValue.parse(bytes)) ?? .null
        return Answer(status: response.status, headers: response.headers, text: text, json: json)
    }

    /// The server, without limits on how often it may be asked.
    private var service: APIService {
        var settings = APISettings()
        settings.publicOrigin = "http://test"
        settings.callerRate = RateLimit(perSecond: 0, burst: 0)
        settings.addressRate = RateLimit(perSecond: 0, burst: 0)
        settings.compressFrom = .max
        return APIService(services: services, settings: settings)
    }

    /// A document with one resource.
    static func document(
        _ type: String, id: String? = nil, _ attributes: [(String, JSONValue)] = [],
        _ relationships: [(String, JSONValue)] = []
    ) -> JSONValue {
        var members: [JSONValue.Member] = [.init("type", .string(type))]
        if let id { members.append(.init("id", .string(id))) }
        members.append(.init("attributes", .object(attributes.map { .init($0.0, $0.1) })))
        if !relationships.isEmpty {
            members.append(
                .init(
                    "relationships",
                    .object(relationships.map { .init($0.0, .object([.init("data", $0.1)])) })))
        }
        return .object([.init("data", .object(members))])
    }

    /// A list of identifiers.
    static func identifiers(_ type: String, _ ids: [String]) -> JSONValue {
        .array(ids.map { .object([.init("type", .string(type)), .init("id", .string($0))]) })
    }

    /// A document of a list of identifiers.
    static func links(_ type: String, _ ids: [String]) -> JSONValue { .object([.init("data", identifiers(type, ids))]) }
}
