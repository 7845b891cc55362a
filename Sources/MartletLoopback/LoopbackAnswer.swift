/// What the server does with a request.
public enum LoopbackAnswer: Sendable {
    /// An answer of HTTP; the connection stays open.
    case answer(status: Int, headers: [(String, String)], body: [UInt8])
    /// These bytes, whatever they are, and then the end of the connection.
    case raw([UInt8])
    /// The connection is reset.
    case reset
    /// Nothing, until the client goes or the server stops.
    case silence

    /// An answer with a body of JSON.
    public static func json(_ text: String, status: Int = 200, headers: [(String, String)] = []) -> LoopbackAnswer {
        .answer(status: status, headers: headers + [("Content-Type", "application/json")], body: Array(text.utf8))
    }

    /// An answer that says it is longer than what follows, and then the end of the connection.
    public static func cutOff(_ text: String) -> LoopbackAnswer {
        let bytes = Array(text.utf8)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(bytes.count + 100)\r\n\r\n"
        return .raw(Array(head.utf8) + bytes)
    }

    static func head(status: Int, headers: [(String, String)], length: Int) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(status < 400 ? "OK" : "Error")\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        return Array("\(text)Content-Length: \(length)\r\n\r\n".utf8)
    }
}
