import Dispatch
import Glibc

/// A client that sends the bytes it is told and reads what comes back; blocking, so call it through ``run(_:)``.
public final class RawClient {
    /// An answer, read to its end.
    public struct Answer: Sendable {
        /// The status.
        public var status = 0
        /// The headers in their order.
        public var headers: [(name: String, value: String)] = []
        /// The body, chunks put together.
        public var body: [UInt8] = []

        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }

        /// The first header of a name, in any case.
        public subscript(name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    /// What went wrong with a connection.
    public struct Failure: Error { let message: String }

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Connects to a port of this machine; an answer may be silent for so many seconds.
    public init(port: UInt16, seconds: Int = 60) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // `deinit` closes it, also here: everything has its value.
        guard result == 0 else { throw Failure(message: "no connection: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Runs blocking work on a thread that may wait.
    public static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            // A queue of its own gets a thread of its own. The shared ones run tasks too, the server's among them, and have
            // as many threads as there are processors.
            DispatchQueue(label: "RawClient").async { continuation.resume(with: Swift.Result { try body() }) }
        }
    }

    /// One request on a connection of its own.
    public static func send(_ text: String, body: [UInt8] = [], port: UInt16) async throws -> Answer {
        try await run {
            let client = try RawClient(port: port)
            try client.write(Array(text.utf8) + body)
            return try client.answer(isHead: text.hasPrefix("HEAD"))
        }
    }

    /// Sends text.
    public func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Sends bytes.
    public func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(message: "cannot send") }
            sent += count
        }
    }

    /// Everything until the server closes.
    public func readToEnd() throws -> [UInt8] {
        while try more() {}
        defer { buffer = [] }
        return buffer
    }

    /// Reads one answer.
    public func answer(isHead: Bool = false) throws -> Answer {
        var answer = Answer()
        let head = try line(until: Array("\r\n\r\n".utf8))
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
        guard let first = lines.first, let status = Int(first.split(separator: " ").dropFirst().first ?? "") else {
            throw Failure(message: "no status line in \(lines)")
        }
        answer.status = status
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            answer.headers.append((String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""))
        }
        if status == 100 { return answer }
        if isHead || status == 204 || status == 304 { return answer }
        if answer["Transfer-Encoding"]?.lowercased() == "chunked" {
            while true {
                let size = String(decoding: try line(until: [13, 10]), as: UTF8.self)
                guard let count = Int(size, radix: 16) else { throw Failure(message: "no size of a chunk: \(size)") }
                if count == 0 {
                    _ = try line(until: [13, 10])
                    return answer
                }
                answer.body += try take(count)
                _ = try take(2)
            }
        }
        if let length = answer["Content-Length"].flatMap({ Int($0) }) { answer.body = try take(length) }
        return answer
    }

    /// A line that ends with `end`, without it.
    public func line(until end: [UInt8]) throws -> [UInt8] {
        while true {
            if let range = buffer.firstRange(of: end) {
                let line = Array(buffer[..<range.lowerBound])
                buffer.removeSubrange(..<range.upperBound)
                return line
            }
            guard try more() else {
                throw Failure(message: "closed after '\(String(decoding: buffer.prefix(200), as: UTF8.self))'")
            }
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try more() else { throw Failure(message: "closed in a body") }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func more() throws -> Bool {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &piece, piece.count, 0)
        if count < 0 {
            if errno == ECONNRESET { return false }
            throw Failure(message: "cannot receive: \(String(cString: strerror(errno)))")
        }
        buffer += piece.prefix(count)
        return count > 0
    }
}
