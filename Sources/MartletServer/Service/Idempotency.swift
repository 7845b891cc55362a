import MartletCore
import MartletHTTPServer
import MartletStore

/// Carries a request that starts work out once, however often it is sent with the same `Idempotency-Key`.
enum Idempotency {
    /// Answers with larger bodies, and streams, are not kept. The largest that starts work is a mutelist, of which as much
    /// comes back as the request had.
    private static let bodyLimit = 2 << 20

    static func run(_ context: RequestContext) async throws -> HTTPResponse {
        let keys = context.request.headers.all("Idempotency-Key")
        guard keys.count == 1, let key = keys.first, 1...255 ~= key.utf8.count else {
            throw APIError(
                status: 400, code: "invalid", detail: "An Idempotency-Key has 1 to 255 bytes and is given once.",
                source: .header("Idempotency-Key"))
        }
        // Uploads are not kept in memory; what they would be compared by is what they announce.
        let isDocument: Bool
        switch context.endpoint.request {
        case .resource, .json, .identifiers, .none: isDocument = true
        case .multipart, .raw: isDocument = false
        }
        var context = context
        var bodyHasher = ContentHasher()
        if isDocument {
            let bytes = try await context.bytes()
            // A client that writes its document anew may put the keys in another order.
            if let document = try? JSONValue.parse(bytes) {
                bodyHasher.add(document.canonicalText)
            } else {
                bodyHasher.add(bytes)
            }
            context.request.body = HTTPBody(bytes)
        } else {
            bodyHasher.add("\(context.request.body.length ?? -1)")
        }
        let body = bodyHasher.finish()
        let request = try hash(context, key)
        let tenant = try context.principal.tenant
        let database = try context.store.database
        switch try await database.write({
            try IdempotencyRecords.begin(request, body: body, tenant: tenant, $0)
        }) {
        case .first: break
        case .inFlight:
            throw APIError(
                status: 409, code: "in_flight", detail: "The first request with this key is still being answered.",
                source: .header("Idempotency-Key"), headers: ["Retry-After": "1"])
        case .otherBody:
            throw APIError(
                status: 422, code: "key_reused", detail: "This key was used with another body; use a new one.",
                source: .header("Idempotency-Key"))
        case .answered(let answer): return try replay(answer)
        }
        return try await first(context) { body in
            try await database.write { try body(request, tenant, $0) }
        }
    }

    private typealias Keep = (@escaping @Sendable (ContentHash, Int64, any Connection) throws -> Void) async throws ->
        Void

    private static func first(_ context: RequestContext, keep: Keep) async throws -> HTTPResponse {
        let response: HTTPResponse
        do { response = try await context.endpoint.handler(context) } catch {
            // What the client did wrong stays wrong; anything else is worth another try.
            guard let failure = ErrorDocument.response(for: error), (400..<500).contains(failure.status),
                failure.status != 429, failure.status != 408, let answer = kept(failure)
            else {
                try? await keep { try IdempotencyRecords.forget($0, tenant: $1, $2) }
                throw error
            }
            try? await keep { try IdempotencyRecords.finish($0, with: answer, tenant: $1, $2) }
            throw error
        }
        if response.status < 500, let answer = kept(response) {
            try await keep { try IdempotencyRecords.finish($0, with: answer, tenant: $1, $2) }
        } else {
            try? await keep { try IdempotencyRecords.forget($0, tenant: $1, $2) }
        }
        return response
    }

    private static func hash(_ context: RequestContext, _ key: String) throws -> ContentHash {
        var hasher = ContentHasher()
        hasher.add(try context.principal.user)
        hasher.add(context.request.method.name)
        hasher.add(context.request.target.raw)
        hasher.add(key)
        return hasher.finish()
    }

    private static func kept(_ response: HTTPResponse) -> IdempotentAnswer? {
        var json = JSONWriter()
        json.beginArray()
        for field in response.headers.fields {
            json.beginArray()
            json.string(field.name)
            json.string(field.value)
            json.endArray()
        }
        json.endArray()
        switch response.body {
        case .none: return IdempotentAnswer(status: response.status, headers: json.text, body: [])
        case .bytes(let bytes) where bytes.count <= bodyLimit:
            return IdempotentAnswer(status: response.status, headers: json.text, body: bytes)
        default: return nil
        }
    }

    private static func replay(_ answer: IdempotentAnswer) throws -> HTTPResponse {
        var headers = HTTPHeaders()
        for field in try JSONValue.parse(answer.headers).arrayValue ?? [] {
            if let name = field[0]?.stringValue, let value = field[1]?.stringValue { headers.add(name, value) }
        }
        headers["Idempotency-Replayed"] = "true"
        return HTTPResponse(
            status: answer.status, headers: headers, body: answer.body.isEmpty ? .none : .bytes(answer.body))
    }
}
