/// How the service treats requests, whatever they ask for.
public struct APISettings: Sendable {
    /// The address that clients use, such as `https://martlet.example.com`; nil to take it from the request.
    public var publicOrigin: String?
    /// Proxies whose forwarded headers are believed.
    public var trustedProxies: [AddressRange] = []
    /// Origins of web pages that may use the API (CORS), `*` for all; none unless set.
    public var allowedOrigins: Set<String> = []
    /// Requests of one caller.
    public var callerRate = RateLimit(perSecond: 200, burst: 1000)
    /// Requests of one address, those without credentials included.
    public var addressRate = RateLimit(perSecond: 400, burst: 2000)
    /// Answers from this size on are compressed when the client takes gzip.
    public var compressFrom = 1024

    /// The settings that hold unless others are made.
    public init() {}
}
