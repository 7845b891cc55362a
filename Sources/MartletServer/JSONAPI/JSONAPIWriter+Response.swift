import MartletHTTPServer

extension JSONAPIWriter {
    /// The answer of a finished document.
    public mutating func response(status: Int = 200, headers: HTTPHeaders = [:]) -> HTTPResponse {
        var headers = headers
        if headers["Content-Type"] == nil { headers["Content-Type"] = JSONAPI.mediaType }
        return HTTPResponse(status: status, headers: headers, body: .bytes(takeBytes()))
    }
}
