import CProcess
import Glibc
import MartletCore

/// Decides what became of a run, from all that is known at its end: pure.
struct ChildOutcome {
    /// What the guardian reported; nil when it was killed itself.
    var report: martlet_process_report?
    /// What the scanner had written too much of, when that ended it.
    var excess: MartletError?
    /// Someone asked for the end.
    var isCancelled: Bool
    /// The last thing it said, fit for showing.
    var lastLine: String?
    var limits: ChildLimits
    var findingsExitCodes: Set<Int32>

    /// The exit code of a success.
    ///
    /// Throws ``MartletError``: `cancelled` before all others, then `external_flooded`, `external_missing`,
    /// `external_timeout`, `external_failed`.
    func exitCode() throws -> Int32 {
        if isCancelled && excess == nil { throw MartletError(.cancelled, "the scanner was ended because its scan was") }
        if let excess { throw excess }
        guard let report else { throw failed("was ended together with its guardian process, by someone else") }
        if report.step != 0 { throw notStarted(report) }
        if report.cause == Int32(MARTLET_PROCESS_TIMEOUT.rawValue) {
            throw MartletError(
                .externalTimeout,
                "the scanner was still running after \(limits.timeout.milliseconds / 1000) s and was ended; raise the "
                    + "source's timeout or limit the scan" + said)
        }
        let signal = report.status & 0x7F
        if signal == SIGXFSZ {
            throw MartletError(
                .externalFlooded,
                "the scanner wrote a file larger than the \(limits.outputBytes) bytes that its source allows")
        }
        if signal != 0 { throw failed("was ended by signal \(signal)\(Self.hint(signal))") }
        let code = report.status >> 8 & 0xFF
        guard code == 0 || findingsExitCodes.contains(code) else { throw failed("failed with exit code \(code)") }
        return code
    }

    private var said: String { lastLine.map { ". Its last words: \($0)" } ?? "" }

    private func failed(_ what: String) -> MartletError {
        MartletError(.externalFailed, "the scanner \(what)" + (lastLine == nil ? " and said nothing" : said))
    }

    private func notStarted(_ report: martlet_process_report) -> MartletError {
        let reason = String(cString: strerror(report.error))
        switch report.step {
        case Int32(MARTLET_PROCESS_EXECUTE.rawValue):
            return MartletError(
                .externalMissing, "the scanner's program cannot be executed (\(reason)); is it made for this machine?")
        case Int32(MARTLET_PROCESS_GUARD.rawValue):
            return MartletError(
                .externalFailed,
                "the scanner cannot be watched (\(reason)); external sources need /proc and a kernel with its lists of "
                    + "children")
        default:
            return MartletError(
                .externalFailed, "the scanner could not be started (step \(report.step), \(reason)); try again later")
        }
    }

    private static func hint(_ signal: Int32) -> String {
        switch signal {
        case SIGKILL: " (killed: perhaps the machine is out of memory)"
        case SIGSEGV, SIGABRT, SIGBUS, SIGILL: " (it crashed)"
        default: ""
        }
    }
}
