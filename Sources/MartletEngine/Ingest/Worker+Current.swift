import Glibc
import MartletStore

extension Worker {
    /// This process.
    static func current() -> Worker {
        var name = [CChar](repeating: 0, count: 256)
        let host =
            gethostname(&name, name.count - 1) == 0
            ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "localhost"
        let pid = Int64(getpid())
        return Worker(name: "martlet[\(pid)]", host: host, pid: pid)
    }
}
