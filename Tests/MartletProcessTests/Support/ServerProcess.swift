import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// `martlet serve` as a process, on a port that the system chose, with a user who may do everything.
final class ServerProcess {
    static let email = "owner@example.com"
    static let password = "Correct-Horse-7"

    let process: RunningProcess
    let port: UInt16
    private(set) var token = ""

    /// Starts a server and waits until it listens.
    init(_ store: TestStore, workers: Int, _ options: [String] = []) throws {
        process = try store.start(
            ["serve", "--listen", "127.0.0.1:0", "--workers", String(workers), "--log-level", "info"] + options)
        let deadline = Date(timeIntervalSinceNow: 60)
        while true {
            let lines = try process.outputSoFar.split(separator: "\n")
            if let line = lines.first(where: { $0.hasPrefix("martlet serves http") }),
                let port = UInt16(line.split(separator: ":").last ?? "")
            {
                self.port = port
                return
            }
            guard process.isRunning, Date() < deadline else { throw NeverCame(errors: try process.errorsSoFar) }
            usleep(20_000)
        }
    }

    struct NeverCame: Error {
        let errors: String
    }

    /// Makes the user; once for a store.
    static func addOwner(_ store: TestStore) throws {
        var store = store
        store.environment["PASSWORD"] = password
        try store.succeed(["user", "add", email, "--owner", "--from-env", "PASSWORD", "-q"])
    }

    func logIn() throws {
        let answer = try ask(
            "POST", "/tokens",
            ["data": ["type": "tokens", "attributes": ["email": Self.email, "password": Self.password]]])
        token = try #require(answer.attribute("access") as? String)
    }

    struct Reply {
        var status: Int
        var headers: [(name: String, value: String)]
        var text: String
        var document: [String: Any]

        func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
        var data: [String: Any] { document["data"] as? [String: Any] ?? [:] }
        var list: [[String: Any]] { document["data"] as? [[String: Any]] ?? [] }
        func attribute(_ name: String) -> Any? { (data["attributes"] as? [String: Any])?[name] }
    }

    /// Asks over a connection of its own.
    func ask(
        _ method: String, _ path: String, _ body: [String: Any]? = nil, headers: [String: String] = [:]
    ) throws -> Reply {
        let bytes = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        return try send(method, path, bytes, of: "application/vnd.api+json", headers: headers)
    }

    /// Uploads a file as the part `file`.
    func upload(_ file: Data, name: String, scope: String? = nil) throws -> Reply {
        let boundary = "martlet-\(UUID().uuidString)"
        var body = ""
        if let scope { body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"scope\"\r\n\r\n\(scope)\r\n" }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
        return try send(
            "POST", "/ingestions", Data(body.utf8) + file + Data("\r\n--\(boundary)--\r\n".utf8),
            of: "multipart/form-data; boundary=\(boundary)", headers: [:])
    }

    private func send(
        _ method: String, _ path: String, _ body: Data?, of type: String, headers: [String: String]
    ) throws -> Reply {
        var text =
            "\(method) \(path.hasPrefix("/health") || path.hasPrefix("/metrics") ? path : "/api/v1" + path) HTTP/1.1\r\n"
        text += "Host: localhost\r\nConnection: close\r\n"
        if !token.isEmpty { text += "Authorization: Bearer \(token)\r\n" }
        if let body { text += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n" }
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        let client = try RawClient(port: port)
        try client.write(Array((text + "\r\n").utf8) + (body ?? Data()))
        let answer = try client.answer(isHead: method == "HEAD")
        let document = try? JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        return Reply(status: answer.status, headers: answer.headers, text: answer.text, document: document ?? [:])
    }

    /// Asks until the answer is as wanted.
    func poll(_ path: String, until isThere: (Reply) -> Bool) throws -> Reply {
        let deadline = Date(timeIntervalSinceNow: 120)
        while true {
            let reply = try ask("GET", path)
            if isThere(reply) { return reply }
            guard Date() < deadline else {
                Issue.record("never: \(reply.status) \(reply.text) \(try process.errorsSoFar.suffix(2000))")
                throw NeverCame(errors: "")
            }
            usleep(50_000)
        }
    }
}
