import Glibc

/// One connection: reads requests and carries out what is said of them.
final class LoopbackConnection {
    private let descriptor: Int32
    private weak var server: LoopbackServer?
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32, _ server: LoopbackServer) {
        self.descriptor = descriptor
        self.server = server
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    func run() {
        while let request = read() {
            guard let answer = server?.answer(request), carryOut(answer, of: request) else { break }
        }
        server?.note(closed: descriptor)
        close(descriptor)
    }

    /// Whether the connection goes on.
    private func carryOut(_ answer: LoopbackAnswer, of request: LoopbackRequest) -> Bool {
        switch answer {
        case .answer(let status, let headers, let body):
            let head = LoopbackAnswer.head(status: status, headers: headers, length: body.count)
            return write(request.method == "HEAD" ? head : head + body)
        case .raw(let bytes):
            _ = write(bytes)
            shutdown(descriptor, Int32(SHUT_WR))
            return false
        case .reset:
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
            return false
        case .silence:
            while receive() {}
            return false
        }
    }

    private func read() -> LoopbackRequest? {
        var searched = 0
        while true {
            if let end = headEnd(from: searched) {
                guard var request = LoopbackRequest(head: buffer[..<end]) else { return nil }
                let length = Int(request.headers["content-length"] ?? "0") ?? 0
                while buffer.count < end + 4 + length { guard receive() else { return nil } }
                request.body = Array(buffer[end + 4..<end + 4 + length])
                buffer.removeFirst(end + 4 + length)
                return request
            }
            searched = max(0, buffer.count - 3)
            guard buffer.count < 1 << 20, receive() else { return nil }
        }
    }

    private func headEnd(from start: Int) -> Int? {
        guard buffer.count >= 4 else { return nil }
        return (start..<max(start, buffer.count - 3)).first { place in
            buffer[place] == 13 && buffer[place + 1] == 10 && buffer[place + 2] == 13 && buffer[place + 3] == 10
        }
    }

    private func receive() -> Bool {
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count > 0 {
                buffer.append(contentsOf: piece[..<count])
                return true
            }
            guard count < 0, errno == EINTR else { return false }
        }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
