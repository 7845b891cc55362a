import Dispatch
import Glibc
import Synchronization

/// Writes lines to standard error without making whoever logs wait: where its reader is slow, lines are dropped and
/// counted.
final class LogPipe: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    private static let limit = 8 << 20
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "martlet.log")

    func write(_ line: String) {
        let begins = state.withLock { state -> Bool in
            guard state.bytes.count < Self.limit else {
                state.dropped += 1
                return false
            }
            if state.dropped > 0 {
                state.bytes += Array("{\"level\":\"warning\",\"event\":\"dropped\",\"lines\":\(state.dropped)}\n".utf8)
                state.dropped = 0
            }
            state.bytes += Array(line.utf8)
            state.bytes.append(UInt8(ascii: "\n"))
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { queue.async { self.drain() } }
    }

    /// Waits until all that was logged has been written.
    func flush() { queue.sync {} }

    private func drain() {
        while true {
            let bytes = state.withLock { state -> [UInt8] in
                defer { state.bytes = [] }
                state.isWriting = !state.bytes.isEmpty
                return state.bytes
            }
            guard !bytes.isEmpty else { return }
            var start = 0
            while start < bytes.count {
                let written = bytes[start...].withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
                if written < 0 && errno != EINTR { break }
                start += max(0, written)
            }
        }
    }
}
