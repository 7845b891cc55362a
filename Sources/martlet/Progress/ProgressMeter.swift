import Glibc
import MartletCore
import Synchronization

/// Shows how far long work is, on standard error: a bar where that is a terminal, else a line every ten seconds.
final class ProgressMeter: Sendable {
    private struct State {
        var shownAt: ContinuousClock.Instant
        var isVisible = false
    }

    private let label: String
    private let totalBytes: Int?
    private let terminal: Terminal
    private let quiet: Bool
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    /// - Parameters:
    ///   - label: What is worked on.
    ///   - totalBytes: The size of the file; nil when nobody knows.
    init(label: String, totalBytes: Int?, terminal: Terminal, quiet: Bool) {
        self.label = DisplayText.safe(label)
        self.totalBytes = totalBytes
        self.terminal = terminal
        self.quiet = quiet
        state = Mutex(State(shownAt: ContinuousClock.now))
    }

    /// Takes the totals so far; prints only when something was due.
    func update(findings: Int, bytesRead: Int, publishing: Bool = false) {
        guard !quiet else { return }
        state.withLock { state in
            let pause: Duration = terminal.isTerminal ? .milliseconds(100) : .seconds(10)
            let now = ContinuousClock.now
            // Publishing is said at once where work has been seen: nothing more will come for a while.
            guard now - state.shownAt >= pause || publishing && state.isVisible else { return }
            state.shownAt = now
            state.isVisible = true
            let seconds = (now - start) / .seconds(1)
            let text = line(findings: findings, bytesRead: bytesRead, publishing: publishing, seconds: seconds)
            Self.write(
                terminal.isTerminal ? "\r\u{1B}[K" + DisplayText.cut(text, to: (terminal.width ?? 80) - 1) : text + "\n"
            )
        }
    }

    /// Takes how far a scan of our own has come; prints only when something was due.
    func update(_ activity: SourceActivity) {
        guard !quiet else { return }
        state.withLock { state in
            let pause: Duration = terminal.isTerminal ? .milliseconds(100) : .seconds(10)
            let now = ContinuousClock.now
            guard now - state.shownAt >= pause else { return }
            state.shownAt = now
            state.isVisible = true
            let text = "\(label)  \(Int(activity.share * 100)) %  \(activity.text)"
            Self.write(
                terminal.isTerminal ? "\r\u{1B}[K" + DisplayText.cut(text, to: (terminal.width ?? 80) - 1) : text + "\n"
            )
        }
    }

    /// Takes the bar away, so that what follows begins on a clean line.
    func finish() {
        state.withLock { state in
            if state.isVisible, terminal.isTerminal { Self.write("\r\u{1B}[K") }
            state.isVisible = false
        }
    }

    private func line(findings: Int, bytesRead: Int, publishing: Bool, seconds: Double) -> String {
        let rate = Int(Double(findings) / max(seconds, 0.001))
        var parts = [label]
        if publishing {
            parts.append("publishing")
        } else if let totalBytes, totalBytes > 0 {
            let share = min(1, Double(bytesRead) / Double(totalBytes))
            if terminal.isTerminal {
                let filled = Int(share * 20)
                parts.append(
                    "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled) + "]")
            }
            parts.append("\(Int(share * 100)) %")
        } else {
            parts.append(Quantity.bytes(bytesRead))
        }
        parts += ["\(Quantity.grouped(findings)) findings", "\(Quantity.grouped(rate))/s"]
        return parts.joined(separator: "  ")
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
