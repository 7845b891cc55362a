import Glibc
import MartletCore
import MartletFormats

/// This program run again as a process of its own, so that a phase's memory is its own.
enum ChildProcess {
    /// Runs the program with other arguments and gives what it wrote to standard output; its messages go where ours go.
    static func run(_ arguments: [String]) throws -> String {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw failure(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        var argv: [UnsafeMutablePointer<CChar>?] = (["martlet-bench"] + arguments).map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/proc/self/exe", &actions, nil, &argv, environ)
        close(ends[1])
        defer { close(ends[0]) }
        guard code == 0 else { throw failure(code) }
        let output = Result { try InputFile.read(ends[0], name: "a phase's output") }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw failure(errno) }
        }
        guard status == 0 else {
            throw MartletError(.io, "the phase '\(arguments.prefix(2).joined(separator: " "))' failed (\(status))")
        }
        return String(decoding: try output.get(), as: UTF8.self)
    }

    private static func failure(_ code: Int32) -> MartletError {
        MartletError(.io, "a process could not be started: \(String(cString: strerror(code)))")
    }
}
