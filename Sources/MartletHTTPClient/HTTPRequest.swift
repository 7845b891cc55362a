/// What is asked of a server. Nothing of it is ever logged or put into an error but scheme, host and path of the URL.
public struct HTTPRequest: Sendable {
    /// `GET`, `POST`, …: upper-case letters.
    public var method: String
    /// An absolute URL with `http` or `https`; query and path encoded as they are to be sent.
    public var url: String
    /// Besides those that the client itself sends (`Host`, `User-Agent`, `Accept-Encoding`, `Content-Length`).
    public var headers: [HTTPHeader]
    /// Nil sends none; `POST` and `PUT` then say a length of 0.
    public var body: [UInt8]?
    /// From the moment the transfer begins (not while it waits for its turn) to the last byte of the answer.
    public var timeout: Duration
    /// The most bytes of an answer's body, after decompression; a longer one is an error, and is not kept.
    public var maximumBodyBytes: Int
    /// An IP address to connect to in the place of what the URL's host resolves to. Certificate and `Host` are still those
    /// of the URL. See ``HTTPClient/resolve(host:)``.
    public var pinnedAddress: String?

    /// A request; `timeout` is 60 s and an answer may have 64 MiB unless told otherwise.
    public init(
        _ method: String = "GET", _ url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(60), maximumBodyBytes: Int = 64 << 20, pinnedAddress: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumBodyBytes = maximumBodyBytes
        self.pinnedAddress = pinnedAddress
    }
}
