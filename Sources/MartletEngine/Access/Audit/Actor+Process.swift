import Glibc
import MartletStore

extension Actor {
    /// Whoever runs this process at the command line: the system's user, at this host. Variables of the environment, which
    /// anybody can set, do not count.
    public static func ofProcess() -> Actor {
        Actor(.commandLine, name: login(of: getuid()), address: Worker.current().host)
    }

    /// The name of a user of the system; `uid N` for one that has none.
    static func login(of user: uid_t) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        // A directory service may have long entries.
        var buffer = [CChar](repeating: 0, count: 64 << 10)
        guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
        else { return "uid \(user)" }
        return String(cString: name)
    }
}
