import Glibc
import MartletFormats

/// The process's memory.
enum PeakMemory {
    /// The largest resident set of this program so far, in bytes; 0 where the system doesn't tell.
    ///
    /// Not from `getrusage`: its figure survives `exec`, so that a child would show its parent's peak.
    static func bytes() -> Int { line("VmHWM:") }

    /// The resident set now. Later peaks are those from here on, where the system allows it.
    static func begin() -> Int {
        if let file = try? OutputFile(path: "/proc/self/clear_refs") {
            try? file.write(Array("5".utf8))
            try? file.close()
        }
        return line("VmRSS:")
    }

    /// A line of a process's status in the system, in bytes.
    static func line(_ name: String, of process: String = "self") -> Int {
        guard let status = try? InputFile.read("/proc/\(process)/status") else { return 0 }
        let text = String(decoding: status, as: UTF8.self)
        for line in text.split(separator: "\n") where line.hasPrefix(name) {
            let digits = line.filter(\.isNumber)
            return (Int(digits) ?? 0) * 1024
        }
        return 0
    }
}
