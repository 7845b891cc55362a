/// A request as a handler gets it: the headers are complete, the body comes as it is read.
public struct HTTPRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The target, taken apart.
    public var target: HTTPTarget
    /// The headers.
    public var headers: HTTPHeaders
    /// The client's numeric address without a port, such as `127.0.0.1` or `::1`; where a trusted proxy forwards, the
    /// server's owner replaces it.
    public var remoteAddress: String
    /// Whether the request came over TLS.
    public var isSecure: Bool
    /// The body.
    public var body: HTTPBody

    /// A request of its parts.
    public init(
        method: HTTPMethod, target: HTTPTarget, headers: HTTPHeaders = [:], remoteAddress: String = "127.0.0.1",
        isSecure: Bool = false, body: HTTPBody = HTTPBody()
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        self.body = body
    }
}
