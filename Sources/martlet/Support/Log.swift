import Glibc
import MartletCore

/// What the program says to a person besides its output, on standard error: lines of text, or one JSON object a line.
struct Log: Sendable {
    /// How much is said.
    enum Level: String, Sendable, Comparable, CaseIterable {
        case error, warning, info, debug

        static func < (left: Level, right: Level) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// The form of a line.
    enum Format: String, Sendable, CaseIterable {
        case text, json
    }

    let level: Level
    let quiet: Bool
    var format = Format.text

    func error(_ message: String) { say(.error, "martlet: ", message) }
    func warning(_ message: String) { say(.warning, "martlet: warning: ", message) }
    func info(_ message: String) { say(.info, "martlet: ", message) }
    func debug(_ message: String) { say(.debug, "martlet: debug: ", message) }

    /// What a worker says, of a job or of itself. The task's trace is the job's.
    func work(_ job: String?, _ message: String) {
        guard format == .json else { return info((job.map { "job \($0): " } ?? "") + message) }
        if level >= .info { Self.writeLine(Self.json(.info, message, job: job)) }
    }

    /// A hint or a result for a person; not with `--quiet`.
    func note(_ message: String) {
        guard !quiet else { return }
        if format == .json { Self.writeLine(Self.json(.info, message)) } else { Self.write(message) }
    }

    private func say(_ messageLevel: Level, _ start: String, _ message: String) {
        guard messageLevel <= level else { return }
        if format == .json { Self.writeLine(Self.json(messageLevel, message)) } else { Self.write(start + message) }
    }

    private static func json(_ level: Level, _ message: String, job: String? = nil) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.field("time", Timestamp(milliseconds: Tracing.now() / 1_000_000).rfc3339)
        json.field("level", level.rawValue)
        json.field("event", job == nil ? "log" : "job")
        json.field("message", message)
        if let job { json.field("job", job) }
        if let trace = Tracing.current {
            json.field("trace_id", trace.traceID)
            json.field("span_id", trace.spanID)
        }
        json.endObject()
        return json.text
    }

    /// Writes a line whose text may come from outside. A standard error that is closed is nobody's problem.
    static func write(_ message: String) {
        let safe = message.split(separator: "\n", omittingEmptySubsequences: false).map { DisplayText.safe(String($0)) }
        writeLine(safe.joined(separator: "\n"))
    }

    private static func writeLine(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written < 0 && errno != EINTR { return }
            start += max(0, written)
        }
    }
}
