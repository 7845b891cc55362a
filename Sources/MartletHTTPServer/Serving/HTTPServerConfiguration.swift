/// Where and how a server listens.
public struct HTTPServerConfiguration: Sendable {
    /// The certificate and key of a server that speaks TLS, in PEM.
    public struct TLS: Sendable {
        /// The certificate with its chain.
        public var certificate: String
        /// The private key.
        public var key: String

        /// A certificate and its key.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The numeric address to listen on, `127.0.0.1`, `0.0.0.0`, `::1` or `::`.
    public var address = "127.0.0.1"
    /// The port; 0 lets the system choose.
    public var port: UInt16 = 8080
    /// Threads that read and write sockets; handlers do not run on them.
    public var threads = 2
    /// TLS; nil for plain HTTP.
    public var tls: TLS?
    /// What clients may take.
    public var limits = HTTPServerLimits()

    /// A configuration for the loopback address.
    public init() {}
}
