import CCurl

/// The parts of a URL that decide where a request goes.
public struct HTTPTarget: Sendable, Hashable {
    /// `http` or `https`.
    public let scheme: String
    /// Lower case; an IPv6 address stands in brackets.
    public let host: String
    /// 1 to 65535.
    public let port: Int
    /// With the query, as it would be sent; begins with `/`.
    public let path: String

    /// Takes a URL apart.
    ///
    /// - Throws: ``HTTPFailure`` (`invalidRequest`) unless it is absolute, of `http` or `https`, and without a user name or
    ///   password, which would stand in other people's logs.
    public init(_ url: String) throws(HTTPFailure) {
        guard let parser = curl_url() else { throw HTTPFailure(.invalidRequest, "There is no memory for a URL.") }
        defer { curl_url_cleanup(parser) }
        guard curl_url_set(parser, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: parser), let host = Self.part(CURLUPART_HOST, of: parser)
        else { throw HTTPFailure(.invalidRequest, "A URL is https://HOST/PATH; what was given is none.") }
        guard scheme == "https" || scheme == "http" else {
            throw HTTPFailure(.invalidRequest, "Only http and https are spoken, not \(scheme.prefix(20)).")
        }
        guard Self.part(CURLUPART_USER, of: parser) == nil, Self.part(CURLUPART_PASSWORD, of: parser) == nil else {
            throw HTTPFailure(.invalidRequest, "A URL must not contain a user name or a password.")
        }
        self.scheme = scheme
        self.host = host.lowercased()
        let port = Self.part(CURLUPART_PORT, of: parser, flags: UInt32(CURLU_DEFAULT_PORT)).flatMap { Int($0) }
        guard let port, (1...65_535).contains(port) else {
            throw HTTPFailure(.invalidRequest, "A URL's port is a number from 1 to 65535.")
        }
        self.port = port
        path =
            (Self.part(CURLUPART_PATH, of: parser) ?? "/")
            + (Self.part(CURLUPART_QUERY, of: parser).map { "?\($0)" } ?? "")
    }

    /// `scheme://host`, with the port where it is not the scheme's own: what errors say.
    public var origin: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(port)")
    }

    private static func part(_ part: CURLUPart, of parser: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parser, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
