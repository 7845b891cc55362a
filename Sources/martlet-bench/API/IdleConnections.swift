import Glibc
import MartletCore

/// Connections that have been used once and are kept.
struct IdleConnections {
    let place: APIPlace
    let count: Int

    /// Opens all, and gives what the server keeps in memory for them. Afterwards each is used once more.
    func run(_ server: SpawnedProcess) throws -> Figures {
        var figures = Figures()
        figures["before_bytes"] = Double(server.memory)
        let start = Stopwatch.now()
        let request = place.request("GET", "/health/live")
        var sockets: [ClientSocket] = []
        for _ in 0..<count { sockets.append(try ClientSocket(port: place.port)) }
        let first = Self.use(sockets, request)
        figures["seconds"] = Stopwatch.now() - start
        figures["bytes"] = Double(server.memory)
        let second = Self.use(sockets, request)
        figures["again_bytes"] = Double(server.memory)
        figures["requests"] = Double(count)
        figures["failed"] = Double(first + second)
        figures["failed_first"] = Double(first)
        figures["failed_again"] = Double(second)
        return figures
    }

    /// Seconds that all requests of a batch may take together.
    private static let patience = 30.0

    /// A request on each, the answers read in turn; gives how many have none.
    private static func use(_ sockets: [ClientSocket], _ request: [UInt8]) -> Int {
        let buffer = ClientSocket.buffer()
        defer { buffer.deallocate() }
        var failed = 0
        for part in stride(from: 0, to: sockets.count, by: 256) {
            let some = sockets[part..<min(part + 256, sockets.count)]
            let deadline = Stopwatch.now() + patience
            let sent = some.map { $0.send(request) }
            for (socket, isSent) in zip(some, sent) {
                var reader = AnswerReader()
                var polled = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
                while isSent, !reader.isWhole, !reader.isBroken,
                    poll(&polled, 1, Int32(max(0, deadline - Stopwatch.now()) * 1000)) > 0,
                    socket.receive(into: buffer, { reader.take($0) })
                {}
                if reader.status != 200 || !reader.isWhole { failed += 1 }
            }
        }
        return failed
    }

    /// Lets this process have so many descriptors and some more.
    ///
    /// - Throws: ``MartletError`` `limit` when the system gives fewer.
    static func allow(_ count: Int) throws {
        var limit = rlimit()
        let wanted = rlim_t(count + 512)
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else {
            return
        }
        if limit.rlim_max < wanted { limit.rlim_max = wanted }
        limit.rlim_cur = wanted
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw MartletError(.limit, "the system allows fewer than \(wanted) open files (ulimit -n)", place: "--idle")
        }
    }
}
