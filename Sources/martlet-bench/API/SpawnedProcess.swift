import Glibc
import MartletCore

/// A program of this build in a process of its own, its output in a file.
final class SpawnedProcess {
    let pid: pid_t
    private(set) var hasEnded = false

    /// Starts it.
    ///
    /// - Parameters:
    ///   - output: Takes standard output; nil for nobody.
    ///   - errors: Takes standard error, behind what is there.
    ///   - environment: Besides this process's own.
    init(
        _ program: String, _ arguments: [String], output: String? = nil, errors: String,
        environment: [String: String] = [:]
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output ?? "/dev/null", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, flags, 0o600)
        var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = []
        var place = environ
        while let variable = place.pointee {
            let name = String(cString: variable).prefix { $0 != "=" }
            if !name.hasPrefix("MARTLET_"), environment[String(name)] == nil { variables.append(strdup(variable)) }
            place = place.successor()
        }
        variables += environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in argv + variables { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, program, &actions, nil, &argv, &variables)
        guard code == 0 else { throw MartletError(.io, String(cString: strerror(code)), place: program) }
        self.pid = pid
    }

    deinit {
        guard !hasEnded else { return }
        kill(pid, SIGKILL)
        wait()
    }

    /// Its resident memory in bytes.
    var memory: Int { PeakMemory.line("VmRSS:", of: String(pid)) }

    /// Whether it has ended by itself.
    func looksEnded() -> Bool {
        guard !hasEnded else { return true }
        var status: Int32 = 0
        hasEnded = waitpid(pid, &status, WNOHANG) == pid
        return hasEnded
    }

    /// Tells it to end, and waits; the impatient way after so many seconds.
    func stop(within seconds: Int = 40) {
        guard !hasEnded else { return }
        kill(pid, SIGTERM)
        for _ in 0..<seconds * 100 where !looksEnded() { usleep(10_000) }
        guard !hasEnded else { return }
        kill(pid, SIGKILL)
        wait()
    }

    @discardableResult
    private func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        hasEnded = true
        return status
    }

    /// Runs a program to its end.
    ///
    /// - Throws: ``MartletError`` for another exit code than 0; `errors` has what it said.
    static func run(_ program: String, _ arguments: [String], errors: String, environment: [String: String]) throws {
        let process = try SpawnedProcess(program, arguments, errors: errors, environment: environment)
        guard process.wait() == 0 else {
            throw MartletError(.io, "martlet \(arguments.prefix(2).joined(separator: " ")) failed", place: errors)
        }
    }
}
