import Glibc

/// The process's memory.
public enum ResidentMemory {
    /// The largest resident set so far, in bytes; 0 where it cannot be told.
    ///
    /// From `VmHWM` of `/proc/self/status`: what `getrusage` gives begins with the peak of the parent process.
    public static func peakBytes() -> Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard text.hasPrefix("VmHWM:") else { continue }
            return (text.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
        }
        return 0
    }
}
