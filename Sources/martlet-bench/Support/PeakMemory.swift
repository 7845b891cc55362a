import Glibc

/// The process's memory.
enum PeakMemory {
    /// The largest resident set of this program so far, in bytes; 0 where the system doesn't tell.
    ///
    /// Not from `getrusage`: its figure survives `exec`, so that a child would show its parent's peak.
    static func bytes() -> Int {
        guard let status = try? InputFiles.read("/proc/self/status") else { return 0 }
        let text = String(decoding: status, as: UTF8.self)
        for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let digits = line.filter(\.isNumber)
            return (Int(digits) ?? 0) * 1024
        }
        return 0
    }
}
