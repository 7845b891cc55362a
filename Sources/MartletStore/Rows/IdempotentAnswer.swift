/// An answer that is given again when a request is repeated.
public struct IdempotentAnswer: Sendable, Hashable {
    /// The HTTP status.
    public let status: Int
    /// The headers as JSON, for whoever made them.
    public let headers: String
    /// The body.
    public let body: [UInt8]

    /// An answer of its parts.
    public init(status: Int, headers: String, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
