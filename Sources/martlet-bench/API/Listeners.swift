import Glibc
import MartletCore

/// Listeners to the progress of one scan, from its place in the queue to its end.
struct Listeners {
    let place: APIPlace
    let count: Int

    private struct Listener {
        let socket: ClientSocket
        var seen: [UInt8] = []
        var first: Double?
        var end: Double?
        var events = 0
    }

    /// - Parameter begin: Called when all have heard their first event; lets the scan begin.
    func run(_ scan: String, _ server: SpawnedProcess, begin: () throws -> Void) throws -> Figures {
        var figures = Figures()
        let request = place.request("GET", "/api/v1/scans/\(scan)/events")
        let start = Stopwatch.now()
        var all: [Listener] = []
        for _ in 0..<count {
            let socket = try ClientSocket(port: place.port)
            guard socket.send(request) else { throw ClientSocket.failure("a request") }
            all.append(Listener(socket: socket))
        }
        Self.listen(&all, seconds: 60) { $0.first != nil }
        figures["first_seconds"] = (all.compactMap(\.first).max() ?? start) - start
        figures["heard"] = Double(all.count { $0.first != nil })
        figures["bytes"] = Double(server.memory)
        try begin()
        Self.listen(&all, seconds: 300) { $0.end != nil }
        let ends = all.compactMap(\.end).sorted()
        figures["requests"] = Double(count)
        figures["ended"] = Double(ends.count)
        figures["failed"] = Double(count - ends.count)
        figures["events"] = Double(all.reduce(0) { $0 + $1.events })
        figures["end_spread_milliseconds"] = ((ends.last ?? 0) - (ends.first ?? 0)) * 1000
        return figures
    }

    /// Reads until all are as they should be.
    private static func listen(
        _ all: inout [Listener], seconds: Double, until isDone: (Listener) -> Bool
    ) {
        let buffer = ClientSocket.buffer()
        defer { buffer.deallocate() }
        let deadline = Stopwatch.now() + seconds
        var open = all.indices.filter { !isDone(all[$0]) }
        while !open.isEmpty, Stopwatch.now() < deadline {
            var polled = open.map { pollfd(fd: all[$0].socket.descriptor, events: Int16(POLLIN), revents: 0) }
            guard poll(&polled, nfds_t(polled.count), 1_000) > 0 else { continue }
            let now = Stopwatch.now()
            var gone: Set<Int> = []
            for (index, entry) in zip(open, polled) where entry.revents != 0 {
                let lives = all[index].socket.receive(into: buffer) { all[index].seen += $0 }
                read(&all[index], at: now)
                if !lives { gone.insert(index) }
            }
            open = open.filter { !isDone(all[$0]) && !gone.contains($0) }
        }
    }

    /// Events that have come whole; the last bytes are kept until the rest is there.
    private static func read(_ listener: inout Listener, at now: Double) {
        let text = String(decoding: listener.seen, as: UTF8.self)
        let parts = text.split(separator: "\n\n", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return }
        for event in parts.dropLast() where event.contains("event: ") {
            listener.events += 1
            if listener.first == nil { listener.first = now }
            if event.contains("event: end") { listener.end = now }
        }
        listener.seen = Array((parts.last ?? "").utf8)
    }
}
