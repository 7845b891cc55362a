import Glibc
import Synchronization

/// What is remembered of a connection to end it when its client takes too long over a request.
final class ConnectionRecord: Sendable {
    let socket: Int32
    /// What it counts for, where connections of an address are limited.
    let address: ClientAddress?
    /// What its handshake shows; nil for plain HTTP.
    let certificate: ServerCertificate?
    private let limits: HTTPServerLimits
    /// When the connection is ended, in milliseconds of the monotonic clock; the largest number for never.
    private let deadline: Atomic<Int64>
    private let bodyStart = Atomic<Int64>(0)
    private let bodyOffset = Atomic<Int64>(0)

    init(socket: Int32, address: ClientAddress?, limits: HTTPServerLimits, certificate: ServerCertificate? = nil) {
        self.socket = socket
        self.address = address
        self.certificate = certificate
        self.limits = limits
        deadline = Atomic(Self.now() + limits.headerTime)
    }

    func isOverdue(at now: Int64) -> Bool { deadline.load(ordering: .relaxed) < now }

    /// The request line is there.
    func beginHead() { deadline.store(Self.now() + limits.headerTime, ordering: .relaxed) }

    /// We wait for ourselves, not for the client.
    func pause() {
        deadline.store(.max, ordering: .relaxed)
        bodyStart.store(0, ordering: .relaxed)
    }

    /// The body is being received.
    func beginBody() { deadline.store(Self.now() + limits.headerTime, ordering: .relaxed) }

    /// So much of the body has arrived: the client has time in proportion, counted from the last time it was held back.
    func received(total: Int64) {
        if bodyStart.load(ordering: .relaxed) == 0 {
            bodyStart.store(Self.now(), ordering: .relaxed)
            bodyOffset.store(total, ordering: .relaxed)
        }
        let earned = (total - bodyOffset.load(ordering: .relaxed)) * 1000 / max(1, limits.bodyRate)
        deadline.store(bodyStart.load(ordering: .relaxed) + limits.headerTime + earned, ordering: .relaxed)
    }

    /// The request is answered; the next one may take its time. Silence is ended by libmicrohttpd.
    func rest() {
        bodyStart.store(0, ordering: .relaxed)
        deadline.store(Self.now() + limits.idleTime + limits.headerTime, ordering: .relaxed)
    }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
