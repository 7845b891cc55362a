import Glibc
import MartletFormats

/// CPU time of the server's processes that serve one program, where the server runs on this machine.
struct ServerClock {
    private let link: PostgresLink
    private let application: String

    /// - Parameter application: The name under which the server knows the sessions.
    init(_ address: PostgresAddress, application: String) throws {
        link = try PostgresLink(address)
        self.application = application
    }

    /// User and system seconds of each process so far, by its number; nil where they cannot be seen.
    func seconds() -> [Int32: Double]? {
        let query = "SELECT pid FROM pg_stat_activity WHERE application_name = '\(application)'"
        guard let processes = try? link.texts(query).compactMap({ Int32($0) }) else { return nil }
        var seconds: [Int32: Double] = [:]
        for process in processes {
            guard let time = Self.seconds(of: process) else { return nil }
            seconds[process] = time
        }
        return seconds
    }

    /// User and system seconds of a process of PostgreSQL; nil when this machine has no such process.
    static func seconds(of process: Int32) -> Double? {
        guard let bytes = try? InputFile.read("/proc/\(process)/stat") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        // The name may hold blanks and parentheses; what follows its end are numbers, user and system time the 14th and 15th.
        guard text.contains("(postgres"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        return (user + system) / Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
    }
}
