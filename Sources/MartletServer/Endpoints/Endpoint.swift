import MartletCore
import MartletHTTPServer
import MartletStore

/// One method of one path: all that is known of it, as data, and the code that answers.
///
/// The router, OpenAPI, `Allow` of 405 and OPTIONS, and the test that walks every endpoint with every kind of caller are
/// made from the same list (``EndpointTable``).
public struct Endpoint: Sendable {
    /// Answers a request that has been matched, allowed and read.
    public typealias Handler = @Sendable (RequestContext) async throws -> HTTPResponse
    /// What an answer to this request would be made from; compared with `If-None-Match` before the handler runs.
    public typealias Validator = @Sendable (RequestContext) async throws -> EntityTag?
    /// The state of the one resource that the path names, for whoever asks; nil where there is none. Read before the answer
    /// of GET is made, and again within the transaction of a write.
    public typealias State = @Sendable (RequestContext, any Connection) throws -> ContentHash?

    /// The method; HEAD comes with GET.
    public var method: HTTPMethod
    /// The path.
    public var path: PathPattern
    /// The OpenAPI operation id, such as `scans_list`; unique.
    public var operation: String
    /// The heading in the documents, such as `Scans`.
    public var tag: String
    /// What it does, in a sentence.
    public var summary: String
    /// What a caller needs.
    public var access: EndpointAccess
    /// What the query may have.
    public var query: QuerySpec
    /// The body it takes.
    public var request: RequestSpec
    /// The answers it gives when all is well.
    public var responses: [ResponseSpec]
    /// The media types of its answers, the first unless the client asks for another.
    public var produces: [String]
    /// The largest body in bytes.
    public var bodyLimit: Int64
    /// Whether it starts work, so that `Idempotency-Key` is understood.
    public var startsWork: Bool
    /// Gives the entity tag of the answer; nil where answers have none.
    public var validator: Validator?
    /// Gives the state of the resource that the path names, from which its entity tag is made; nil where it has none.
    public var state: State?
    /// Answers.
    public var handler: Handler

    /// An endpoint of its parts.
    public init(
        _ method: HTTPMethod, _ path: PathPattern, operation: String, tag: String, summary: String,
        access: EndpointAccess, query: QuerySpec = .none, request: RequestSpec = .none, responses: [ResponseSpec],
        produces: [String] = [JSONAPI.mediaType, "application/json"], bodyLimit: Int64 = 1 << 20,
        startsWork: Bool = false, validator: Validator? = nil, state: State? = nil,
        handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.operation = operation
        self.tag = tag
        self.summary = summary
        self.access = access
        self.query = query
        self.request = request
        self.responses = responses
        self.produces = produces
        self.bodyLimit = bodyLimit
        self.startsWork = startsWork
        self.validator = validator
        self.state = state
        self.handler = handler
    }
}
