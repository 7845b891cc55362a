import Glibc
import MartletCore
import MartletFormats

/// The built `martlet worker` on a store, in a process of its own.
struct WorkerProcess {
    let pid: pid_t

    /// Starts it. The program is looked for beside this one.
    ///
    /// - Parameter arguments: After `worker`.
    init(database: String, arguments: [String] = []) throws {
        let program = try Self.program()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var argv: [UnsafeMutablePointer<CChar>?] =
            (["martlet", "worker", "--no-shipped-frameworks", "--database", database] + arguments).map { strdup($0) }
            + [nil]
        defer { for argument in argv { free(argument) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, program, &actions, nil, &argv, environ)
        guard code == 0 else { throw MartletError(.io, String(cString: strerror(code)), place: program) }
        self.pid = pid
    }

    /// Its resident memory in bytes.
    func memory() -> Int { PeakMemory.line("VmRSS:", of: String(pid)) }

    func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for its end.
    func wait() {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }

    /// The program beside this one.
    static func program() throws -> String {
        guard let own = realpath("/proc/self/exe", nil) else {
            throw MartletError(.io, "this program's own file cannot be found")
        }
        defer { free(own) }
        let folder = String(cString: own).split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let program = (folder + ["martlet"]).joined(separator: "/")
        guard access(program, X_OK) == 0 else {
            throw MartletError(.notFound, "the program martlet is not beside martlet-bench; build both", place: program)
        }
        return program
    }
}
