/// How a client connects.
public struct HTTPClientSettings: Sendable {
    /// The URL of a proxy for all requests; nil takes `http_proxy`, `https_proxy`, `no_proxy` and `all_proxy` from the
    /// environment, an empty text uses none. With ``addresses`` other than ``AddressPolicy/any`` no proxy is ever used,
    /// because the proxy would be the one to resolve.
    public var proxy: String?
    /// A file of CA certificates (PEM) in the place of the system's.
    public var certificateAuthorities: String?
    /// Transfers at the same time to one scheme, host and port; more wait for their turn, in order.
    public var transfersPerHost = 32
    /// Transfers at the same time in all.
    public var transfers = 128
    /// How long a connection may take to come about.
    public var connectTimeout = Duration.seconds(10)
    /// Which addresses the client talks to.
    public var addresses = AddressPolicy.any
    /// Each host is resolved once in the client's life, all its addresses are checked against ``addresses``, and every
    /// request to it goes to the first of them: whatever its name resolves to later is nobody's business. No proxy is used.
    /// For clients that live as long as one piece of work.
    public var pinsHosts = false
    /// Resolves names in the place of the system; nil for the system.
    public var resolver: (@Sendable (_ host: String) async -> [IPAddress])?
    /// The `User-Agent` header.
    public var userAgent = "martlet"

    /// The defaults.
    public init() {}
}
