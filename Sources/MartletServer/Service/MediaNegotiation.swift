import MartletHTTPServer

/// Finds the representation that a client wants (RFC 9110, section 12.5.1).
enum MediaNegotiation {
    /// The best of `offered` for the `Accept` headers; the first where there is none; nil where none of them is acceptable.
    static func choose(_ offered: [String], _ headers: HTTPHeaders) -> String? {
        let ranges = headers.list("Accept").prefix(50).compactMap(Range.init)
        guard !ranges.isEmpty else { return offered.first }
        var best: (type: String, quality: Int)?
        for type in offered {
            let matching = ranges.filter { $0.matches(type) }
            guard let range = matching.max(by: { $0.precision < $1.precision }), range.quality > 0 else { continue }
            if best.map({ $0.quality < range.quality }) ?? true { best = (type, range.quality) }
        }
        return best?.type
    }

    /// Whether gzip may be used for the answer.
    static func acceptsGzip(_ headers: HTTPHeaders) -> Bool {
        headers.list("Accept-Encoding").prefix(20).contains { element in
            let parts = element.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            return parts.first == "gzip" && !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
        }
    }

    private struct Range {
        let type: String
        let quality: Int

        init?(_ text: String) {
            let parts = text.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let type = parts.first, type.contains("/") else { return nil }
            self.type = type
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            guard quality >= 0, quality <= 1 else { return nil }
            self.quality = Int(quality * 1000)
        }

        var precision: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }

        func matches(_ other: String) -> Bool {
            switch precision {
            case 0: true
            case 1: other.hasPrefix(type.dropLast())
            default: other == type
            }
        }
    }
}
