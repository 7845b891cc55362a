import CProcess
import Glibc
import MartletCore

/// Runs a small program and takes what it prints.
enum ToolOutput {
    private static let limit = 1 << 20

    /// Standard output of a program that is looked for on `PATH`; what it says on standard error is dropped. After `timeout`
    /// seconds it is killed, with what it has started. Throws ``MartletError`` `not_found` when there is none, `denied` when it fails.
    static func of(_ arguments: [String], timeout: Int) async throws -> [UInt8] {
        let executor = try DedicatedThreadExecutor()
        return try await Runner(executor).run(arguments, timeout: timeout)
    }

    /// Blocking calls, on a thread of their own.
    private actor Runner {
        private let executor: DedicatedThreadExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        init(_ executor: DedicatedThreadExecutor) { self.executor = executor }

        func run(_ arguments: [String], timeout: Int) throws -> [UInt8] {
            var ends: [Int32] = [0, 0]
            let failure = martlet_process_pipe(&ends)
            guard failure == 0 else { throw MartletError(.io, String(cString: strerror(failure))) }
            defer { close(ends[0]) }
            let process = try ToolOutput.start(arguments, output: ends[1])
            close(ends[1])
            let end = ContinuousClock.now + .seconds(timeout)
            let output = ToolOutput.read(ends[0], until: end)
            // Before the leader is waited for: it may have ended while what it started holds the pipe.
            if output == nil { kill(-process, SIGKILL) }
            let status = ToolOutput.wait(for: process, until: output == nil ? .now : end)
            guard let output, status == 0 else {
                throw MartletError(
                    .denied, "'\(arguments.prefix(3).joined(separator: " "))' failed; run it to see why.",
                    place: arguments[0])
            }
            return output
        }
    }

    private static func start(_ arguments: [String], output: Int32) throws(MartletError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // `az` is a script that starts others: a group of their own, so that all of them can be ended.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for text in texts { free(text) } }
        var process = pid_t()
        let result = posix_spawnp(&process, arguments[0], &actions, &attributes, &texts, environ)
        guard result == 0 else {
            throw MartletError(
                result == ENOENT ? .notFound : .io,
                "'\(arguments[0])' cannot be run (\(String(cString: strerror(result)))).",
                place: arguments[0])
        }
        return process
    }

    /// How a process ended. One that goes on past the time is killed: it may have closed its output and stayed.
    private static func wait(for process: pid_t, until end: ContinuousClock.Instant) -> Int32 {
        var status: Int32 = 0
        while true {
            let found = waitpid(process, &status, WNOHANG)
            if found == process { return status }
            if found < 0, errno != EINTR { return -1 }
            if ContinuousClock.now >= end { kill(-process, SIGKILL) }
            usleep(5_000)
        }
    }

    /// Nil when there is no end within the time, or too much of it.
    private static func read(_ descriptor: Int32, until end: ContinuousClock.Instant) -> [UInt8]? {
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero, output.count <= limit else { return nil }
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, Int32(left.components.seconds * 1000 + 1000)) >= 0 || errno == EINTR else {
                return nil
            }
            guard wait.revents != 0 else { continue }
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count > 0 { output += piece[..<count] } else if count == 0 { return output }
        }
    }
}
