import MartletCore

/// A server that answers, and somebody who may ask it everything.
struct APIPlace {
    let port: UInt16
    var token = ""

    /// The bytes of a request.
    func request(_ method: String = "GET", _ target: String, body: String? = nil) -> [UInt8] {
        var text =
            "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept: application/vnd.api+json, */*\r\n"
        if !token.isEmpty { text += "Authorization: Bearer \(token)\r\n" }
        if let body {
            text += "Content-Type: application/vnd.api+json\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        return Array("\(text)\r\n\(body ?? "")".utf8)
    }

    /// Asks and waits.
    ///
    /// - Throws: ``MartletError`` for another status than 2xx, with the answer.
    func ask(_ method: String = "GET", _ target: String, body: String? = nil) throws -> JSONValue {
        let loop = OpenLoop(port: port, requests: [request(method, target, body: body)], rate: 1, seconds: 1)
        let (answer, status) = try loop.one()
        guard 200..<300 ~= status else {
            throw MartletError(
                .io,
                "\(method) \(target) was answered with \(status): "
                    + String(decoding: answer.prefix(500), as: UTF8.self))
        }
        return answer.isEmpty ? .null : try JSONValue.parse(String(decoding: answer, as: UTF8.self))
    }

    /// The same place for a user who has logged in.
    func logged(in email: String, password: String) throws -> APIPlace {
        let body = #"{"data":{"type":"tokens","attributes":{"email":"\#(email)","password":"\#(password)"}}}"#
        let answer = try ask("POST", "/api/v1/tokens", body: body)
        guard let token = answer["data"]?["attributes"]?["access"]?.stringValue else {
            throw MartletError(.io, "the server gives no token")
        }
        var place = self
        place.token = token
        return place
    }
}
