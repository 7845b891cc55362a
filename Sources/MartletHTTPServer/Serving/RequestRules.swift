/// What is demanded of a request's head before a handler sees it. Where two readers could take a message for two
/// different ones (request smuggling), it is refused and the connection closed.
struct RequestRules {
    let limits: HTTPServerLimits

    /// The length of the body: 0 without one, nil when it is chunked.
    func bodyLength(
        method: String, version: String, headers: HTTPHeaders
    ) throws(HTTPRefusal) -> Int64? {
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            throw HTTPRefusal(505, "version_not_supported", "This server speaks HTTP/1.1.")
        }
        guard !method.isEmpty, method.utf8.count <= 32, method.utf8.allSatisfy(Self.isToken) else {
            throw HTTPRefusal(400, "parse_error", "The method is no token.")
        }
        guard headers.fields.count <= limits.headers else {
            throw HTTPRefusal(431, "too_many_headers", "A request may have \(limits.headers) headers at most.")
        }
        for field in headers.fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(Self.isToken) else {
                throw HTTPRefusal(400, "parse_error", "A header's name is no token.")
            }
            guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw HTTPRefusal(400, "parse_error", "A header has a control character.")
            }
        }
        guard headers.all("Host").count == 1 || version == "HTTP/1.0" && headers["Host"] == nil else {
            throw HTTPRefusal(400, "parse_error", "A request has one Host header.")
        }
        return try length(headers, isOld: version == "HTTP/1.0")
    }

    private func length(_ headers: HTTPHeaders, isOld: Bool) throws(HTTPRefusal) -> Int64? {
        let codings = headers.all("Transfer-Encoding")
        let lengths = headers.all("Content-Length")
        if let coding = codings.first {
            guard lengths.isEmpty else {
                throw HTTPRefusal(400, "parse_error", "Content-Length and Transfer-Encoding exclude each other.")
            }
            guard codings.count == 1, coding.lowercased() == "chunked", !isOld else {
                throw HTTPRefusal(501, "not_implemented", "The only transfer coding is chunked, in HTTP/1.1.")
            }
            return nil
        }
        guard let text = lengths.first else { return 0 }
        guard lengths.count == 1, !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            throw HTTPRefusal(400, "parse_error", "Content-Length is one number.")
        }
        guard let length = Int64(text), length <= limits.body else {
            throw HTTPRefusal(413, "too_large", "A body may have \(limits.body) bytes at most.")
        }
        return length
    }

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
