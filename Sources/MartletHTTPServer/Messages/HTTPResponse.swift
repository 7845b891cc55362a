/// An answer.
public struct HTTPResponse: Sendable {
    /// What stands in an answer.
    public enum Body: Sendable {
        /// Nothing.
        case none
        /// Bytes that are there.
        case bytes([UInt8])
        /// Pieces that are made while the client reads.
        case stream(HTTPBodyStream)
    }

    /// The status, 200 to 599.
    public var status: Int
    /// The headers; length and transfer coding are the server's.
    public var headers: HTTPHeaders
    /// The body; none of it is sent for HEAD.
    public var body: Body

    /// An answer of its parts.
    public init(status: Int, headers: HTTPHeaders = [:], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
