import Glibc

/// What the program says to a person besides its output, on standard error.
struct Log: Sendable {
    /// How much is said.
    enum Level: String, Sendable, Comparable, CaseIterable {
        case error, warning, info, debug

        static func < (left: Level, right: Level) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    let level: Level
    let quiet: Bool

    func error(_ message: String) { say(.error, "martlet: " + message) }
    func warning(_ message: String) { say(.warning, "martlet: warning: " + message) }
    func info(_ message: String) { say(.info, "martlet: " + message) }
    func debug(_ message: String) { say(.debug, "martlet: debug: " + message) }

    /// A hint or a result for a person; not with `--quiet`.
    func note(_ message: String) {
        if !quiet { Self.write(message) }
    }

    private func say(_ messageLevel: Level, _ message: String) {
        if messageLevel <= level { Self.write(message) }
    }

    /// Writes a line whose text may come from outside. A standard error that is closed is nobody's problem.
    static func write(_ message: String) {
        let safe = message.split(separator: "\n", omittingEmptySubsequences: false).map { DisplayText.safe(String($0)) }
        let bytes = Array((safe.joined(separator: "\n") + "\n").utf8)
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written < 0 && errno != EINTR { return }
            start += max(0, written)
        }
    }
}
