import Glibc
import MartletCore

/// A command of the user's, by the shell.
enum ShellCommand {
    /// Runs it to its end, what it prints going nowhere: a server that it starts keeps what it inherits.
    static func run(_ command: String) async throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // Nor may it keep what this program has inherited: somebody may wait for its end by that.
        for descriptor in 3..<min(getdtablesize(), 65_536) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        let words = ["sh", "-c", command]
        var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/bin/sh", &actions, nil, &argv, environ)
        guard code == 0 else { throw MartletError(.io, String(cString: strerror(code)), place: "/bin/sh") }
        var status: Int32 = 0
        while true {
            let ended = waitpid(pid, &status, WNOHANG)
            if ended == pid { break }
            guard ended == 0 || errno == EINTR else { throw MartletError(.io, String(cString: strerror(errno))) }
            try await Task.sleep(for: .milliseconds(20))
        }
        guard status == 0 else { throw MartletError(.io, "the command failed (\(status))", place: command) }
    }
}
