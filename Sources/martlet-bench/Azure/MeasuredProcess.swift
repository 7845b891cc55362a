import Glibc
import MartletCore

/// A program that is run to its end, with what it took.
struct MeasuredProcess {
    /// Seconds from start to end.
    var wall = 0.0
    /// Seconds of processor time, of the program and the system in its name.
    var cpu = 0.0
    /// Bytes of the largest resident set, looked at every few milliseconds.
    var peak = 0
    var status: Int32 = 0

    /// Runs a program with exactly these variables in its environment.
    static func run(_ path: String, _ arguments: [String], environment: [String: String]) throws -> MeasuredProcess {
        var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in argv + variables { free(text) } }
        var pid: pid_t = 0
        let start = ContinuousClock.now
        let code = posix_spawn(&pid, path, nil, nil, &argv, &variables)
        guard code == 0 else { throw MartletError(.io, String(cString: strerror(code)), place: path) }
        var result = MeasuredProcess()
        var usage = rusage()
        while wait4(pid, &result.status, WNOHANG, &usage) == 0 {
            result.peak = max(result.peak, PeakMemory.line("VmHWM:", of: String(pid)))
            usleep(5_000)
        }
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        result.wall = Double(seconds) + Double(attoseconds) / 1e18
        result.cpu = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        return result
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
