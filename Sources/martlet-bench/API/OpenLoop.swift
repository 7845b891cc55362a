import Glibc
import MartletCore

/// Sends requests at fixed moments, whatever became of those before. A latency counts from the moment at which the request
/// was due, so that a server that stalls cannot hide it.
struct OpenLoop {
    let port: UInt16
    /// Taken in turn.
    let requests: [[UInt8]]
    /// Requests a second.
    let rate: Double
    let seconds: Double
    /// Requests that are asked one after the other before those that count.
    var warmUp = 0

    private static let patience = 30.0

    /// A connection in use.
    private struct Call {
        let socket: ClientSocket
        var reader: AnswerReader
        let due: Double
    }

    /// Runs to its end and gives the figures.
    func run() throws -> Figures {
        let buffer = ClientSocket.buffer()
        defer { buffer.deallocate() }
        for number in 0..<warmUp { _ = try one(number) }
        let total = max(1, Int(rate * seconds))
        var next = 0
        var busy: [Call] = []
        var idle: [ClientSocket] = []
        var times: [Double] = []
        var failed = 0
        var most = 0
        let start = Stopwatch.now() + 0.01
        func due(_ number: Int) -> Double { start + Double(number) / rate }
        while next < total || !busy.isEmpty {
            let now = Stopwatch.now()
            while next < total, due(next) <= now {
                if let call = try begin(next, due(next), &idle) { busy.append(call) } else { failed += 1 }
                next += 1
            }
            most = max(most, busy.count)
            if next == total, let oldest = busy.first, now - oldest.due > Self.patience {
                failed += busy.count
                break
            }
            var polled = busy.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
            let wait = next < total ? due(next) - Stopwatch.now() : 1
            guard wait > 0 || !busy.isEmpty else { continue }
            // Whole milliseconds are all that poll knows; what is left of one is slept away in short pieces.
            let milliseconds = Int32(max(0, min(wait, 1)) * 1000)
            if poll(&polled, nfds_t(polled.count), milliseconds) <= 0 {
                if milliseconds == 0, wait > 0 { usleep(UInt32(min(wait * 1e6, 100))) }
                continue
            }
            for index in polled.indices.reversed() where polled[index].revents != 0 {
                let lives = busy[index].socket.receive(into: buffer) { busy[index].reader.take($0) }
                let call = busy[index]
                guard call.reader.isWhole || call.reader.isBroken || !lives else { continue }
                busy.remove(at: index)
                let isGood = call.reader.isWhole && !call.reader.isBroken && 200..<300 ~= call.reader.status
                if isGood, lives, !call.reader.closes { idle.append(call.socket) }
                if isGood { times.append((Stopwatch.now() - call.due) * 1000) } else { failed += 1 }
            }
        }
        return Self.figures(times, failed: failed, most: most)
    }

    /// Sends a request and waits for its answer.
    func one(_ number: Int = 0) throws -> (body: [UInt8], status: Int) {
        let buffer = ClientSocket.buffer()
        defer { buffer.deallocate() }
        let socket = try ClientSocket(port: port)
        guard socket.send(requests[number % requests.count]) else { throw ClientSocket.failure("a request") }
        var reader = AnswerReader(keepsBody: true)
        var polled = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
        while !reader.isWhole {
            guard poll(&polled, 1, Int32(4 * Self.patience * 1000)) > 0,
                socket.receive(into: buffer, { reader.take($0) }) || reader.isWhole, !reader.isBroken
            else { throw MartletError(.io, "the server does not answer") }
        }
        return (reader.body, reader.status)
    }

    private func begin(_ number: Int, _ due: Double, _ idle: inout [ClientSocket]) throws -> Call? {
        var socket = idle.popLast()
        while let known = socket, known.isStale { socket = idle.popLast() }
        let used = try socket ?? ClientSocket(port: port)
        guard used.send(requests[number % requests.count]) else { return nil }
        return Call(socket: used, reader: AnswerReader(), due: due)
    }

    static func figures(_ times: [Double], failed: Int, most: Int) -> Figures {
        let sorted = times.sorted()
        var figures = Figures()
        figures["requests"] = Double(times.count + failed)
        figures["failed"] = Double(failed)
        figures["most_at_once"] = Double(most)
        for percent in [50, 90, 99] { figures["p\(percent)_milliseconds"] = ReadPhase.percentile(percent, of: sorted) }
        figures["largest_milliseconds"] = sorted.last ?? 0
        return figures
    }
}
