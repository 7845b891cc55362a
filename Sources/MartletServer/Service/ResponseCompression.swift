import MartletHTTPServer

/// Compresses answers with gzip.
enum ResponseCompression {
    private static let types = [
        "json", "text/csv", "text/plain", "text/html", "text/css", "javascript", "xml", "ndjson",
    ]

    static func compress(_ response: inout HTTPResponse, from size: Int) {
        guard response.headers["Content-Encoding"] == nil, let type = response.headers["Content-Type"],
            types.contains(where: type.contains)
        else { return }
        switch response.body {
        case .none: return
        case .bytes(let bytes):
            guard bytes.count >= size, let encoder = GzipEncoder() else { return }
            guard let body = encoder.encode(bytes, isLast: true) else { return }
            response.body = .bytes(body)
        case .stream(let stream):
            guard !stream.endsOnStop, let encoder = GzipEncoder() else { return }
            response.body = .stream(compressed(stream, encoder))
        }
        response.headers["Content-Encoding"] = "gzip"
        // A strong tag would promise the same bytes.
        if let tag = response.headers["ETag"], !tag.hasPrefix("W/") { response.headers["ETag"] = "W/" + tag }
    }

    private static func compressed(_ stream: HTTPBodyStream, _ encoder: GzipEncoder) -> HTTPBodyStream {
        HTTPBodyStream {
            guard !encoder.isFinished else { return nil }
            while let piece = try await stream.next() {
                guard let bytes = encoder.encode(piece, isLast: false) else { throw APIError.fault }
                if !bytes.isEmpty { return bytes }
            }
            guard let bytes = encoder.encode([], isLast: true) else { throw APIError.fault }
            return bytes
        }
    }
}
