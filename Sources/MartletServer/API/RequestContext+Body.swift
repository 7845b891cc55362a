import MartletCore
import MartletHTTPServer

extension RequestContext {
    /// The resource of the request's document, checked against ``Endpoint/request``.
    ///
    /// - Parameter id: For PATCH the id of the path, which the document must repeat.
    public func input(id: String? = nil) async throws -> ResourceInput {
        guard case .resource(let schema) = endpoint.request else { throw APIError.fault }
        return try DocumentReader.resource(try await bytes(), as: schema, id: id)
    }

    /// The identifiers of the request's document.
    public func identifiers() async throws -> [ResourceIdentifier] {
        guard case .identifiers(let type) = endpoint.request else { throw APIError.fault }
        return try DocumentReader.identifiers(try await bytes(), type: type)
    }

    /// The plain JSON of the request, checked against ``Endpoint/request``.
    public func json() async throws -> JSONValue {
        guard case .json(let schema) = endpoint.request else { throw APIError.fault }
        return try DocumentReader.json(try await bytes(), as: schema)
    }

    /// The whole body, at most ``Endpoint/bodyLimit``.
    public func bytes() async throws -> [UInt8] {
        try await request.body.collect(limit: Int(clamping: endpoint.bodyLimit))
    }
}
