import MartletCore
import MartletHTTPServer
import MartletStore

/// A request that has been matched, authenticated and whose query has been read; what a handler gets.
public struct RequestContext: Sendable {
    /// The request itself; ``HTTPRequest/remoteAddress`` is the client's, also behind a trusted proxy.
    public var request: HTTPRequest
    /// The endpoint that was matched.
    public let endpoint: Endpoint
    /// The values of the path's parameters by name, decoded.
    public let pathValues: [String: String]
    /// The query, read by what the endpoint declares.
    public let query: JSONAPIQuery
    /// The id of the request, which the answer and the log have too.
    public let requestID: String
    /// The trace that the request belongs to.
    public let trace: TraceContext
    /// The address that clients reach the server by, such as `https://martlet.example.com`; links begin with it.
    public let origin: String
    /// The representation that the client wants, one of ``Endpoint/produces``.
    public let mediaType: String
    /// What is shared between requests.
    public let services: ServerServices
    /// Who asks; nil only for endpoints that are open.
    public let caller: Principal?

    /// A context of its parts.
    public init(
        request: HTTPRequest, endpoint: Endpoint, pathValues: [String: String] = [:],
        query: JSONAPIQuery = JSONAPIQuery(), requestID: String, trace: TraceContext, origin: String,
        mediaType: String = JSONAPI.mediaType, services: ServerServices, caller: Principal?
    ) {
        self.request = request
        self.endpoint = endpoint
        self.pathValues = pathValues
        self.query = query
        self.requestID = requestID
        self.trace = trace
        self.origin = origin
        self.mediaType = mediaType
        self.services = services
        self.caller = caller
    }

    /// Who asks. Throws 401 without a caller, which does not happen where the endpoint asks for one.
    public var principal: Principal {
        get throws(APIError) {
            guard let caller else { throw .unauthenticated() }
            return caller
        }
    }

    /// The store of the caller's tenant.
    public var store: Store {
        get throws(APIError) { services.store.of(tenant: try principal.tenant) }
    }
}
