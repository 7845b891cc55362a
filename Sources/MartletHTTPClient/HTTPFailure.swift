/// Why no whole answer came. The message has scheme, host and path of the URL at most, never a header, a query or a body.
public struct HTTPFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, by what may be done about it.
    public enum Kind: Sendable, Hashable {
        /// The request itself cannot be sent: an unusable URL, another protocol, a header with a line break.
        case invalidRequest
        /// The host's name is unknown, or nobody could tell.
        case unknownHost
        /// No connection came about.
        case connection
        /// TLS failed: the certificate is not trusted, or not the host's.
        case untrusted
        /// The time was over.
        case timeout
        /// The connection broke before the answer was whole, or the answer is not HTTP.
        case broken
        /// The answer is larger than the request allows.
        case tooLarge
        /// The host's address is one that the client must not talk to.
        case refusedAddress
        /// The task was cancelled, or the client shut down.
        case cancelled
    }

    /// What went wrong.
    public let kind: Kind
    /// For a person; no secrets.
    public let message: String

    /// Makes a failure; `message` must not tell what is secret.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    public var description: String { message }

    /// Whether the same request may do better a moment later.
    public var isTransient: Bool {
        switch kind {
        case .unknownHost, .connection, .timeout, .broken: true
        case .invalidRequest, .untrusted, .tooLarge, .refusedAddress, .cancelled: false
        }
    }
}
