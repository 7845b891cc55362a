import Glibc
import MartletCore

/// Buffers what goes to a file descriptor, so that a row costs no system call.
///
/// Made where it is used and never shared; the caller flushes it at the end.
final class OutputStream {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let capacity = 64 << 10

    init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

    func write(_ bytes: [UInt8]) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.capacity { try flush() }
    }

    func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.capacity { try flush() }
    }

    /// Throws ``OutputClosed`` when nobody reads any more.
    func flush() throws {
        defer { buffer.removeAll(keepingCapacity: true) }
        try buffer.withUnsafeBytes { raw in
            var start = 0
            while start < raw.count {
                let written = Glibc.write(descriptor, raw.baseAddress?.advanced(by: start), raw.count - start)
                if written >= 0 {
                    start += written
                } else if errno == EPIPE {
                    throw OutputClosed()
                } else if errno == EAGAIN {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&wait, 1, -1)
                } else if errno != EINTR {
                    throw MartletError(.io, "cannot write the output: \(String(cString: strerror(errno)))")
                }
            }
        }
    }
}
