import CProcess
import Glibc
import MartletCore

/// Starts programs by `posix_spawn`.
///
/// Foundation's `Process` is not used: on Linux (Swift 6.3.1) it reads past the end of a directory's entry while it looks for
/// open descriptors, and now and then takes the whole test run with it.
public enum Spawn {
    /// Starts a program whose standard streams are these descriptors, or nothing.
    ///
    /// - Parameter environment: In place of this process's own.
    /// - Throws: ``MartletError`` (`io`) when there is no such program.
    public static func start(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: Int32? = nil,
        output: Int32? = nil, errors: Int32? = nil
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (stream, descriptor) in [input, output, errors].enumerated() {
            if let descriptor {
                posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(stream))
            } else {
                posix_spawn_file_actions_addopen(&actions, Int32(stream), "/dev/null", O_RDWR, 0)
            }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The thread that starts it may hold back signals.
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var list: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var block: [UnsafeMutablePointer<CChar>?] =
            (environment ?? [:]).map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in list + block { free(text) } }
        var child: pid_t = 0
        let failure =
            environment == nil
            ? posix_spawn(&child, program, &actions, &attributes, &list, environ)
            : posix_spawn(&child, program, &actions, &attributes, &list, &block)
        guard failure == 0 else {
            throw MartletError(
                .io, "The program could not be started: \(String(cString: strerror(failure))).", place: program)
        }
        return child
    }

    /// Waits for the end: the exit code, or the negative number of the signal.
    public static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : -signal
    }

    /// Opens a file for a stream of a program.
    public static func file(_ path: String, writes: Bool) throws -> Int32 {
        let flags = writes ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw MartletError(.io, "The file could not be opened.", place: path) }
        return descriptor
    }

    /// A pipe whose ends no other program inherits.
    public static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard martlet_process_pipe(&ends) == 0 else { throw MartletError(.io, "No pipe could be made.") }
        // Readers here wait.
        _ = fcntl(ends[0], F_SETFL, 0)
        return (ends[0], ends[1])
    }
}
