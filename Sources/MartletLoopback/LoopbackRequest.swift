/// A request as the server read it.
public struct LoopbackRequest: Sendable {
    /// `GET`, `POST`, …
    public var method: String
    /// Path and query as they were sent.
    public var target: String
    /// Names in lower case.
    public var headers: [String: String]
    /// As many bytes as `Content-Length` says.
    public var body: [UInt8]

    /// The target up to the query.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// Reads the head of a request, without the empty line at its end; nil for what is none.
    init?(head: ArraySlice<UInt8>) {
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3 else { return nil }
        method = String(words[0])
        target = String(words[1])
        headers = [:]
        body = []
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
    }
}
