import Foundation
import Testing

/// A run of the program that a test can feed, stop and kill, and whose largest resident set is watched.
///
/// Started with `posix_spawn`: several run at once from threads that wait for nothing else.
package final class RunningProcess {
    /// What the program reads.
    package enum Input {
        case nothing
        /// What ``write(_:)`` gives, until ``closeInput()``.
        case pipe
        case file(String)
    }

    package struct SpawnFailure: Error { package var code: Int32 }

    package let pid: pid_t
    /// The largest resident set seen so far, in bytes. The kernel's own number (`ru_maxrss`) would begin with that of
    /// the process which spawns.
    package private(set) var peakBytes = 0
    private let folder: Folder
    private let name = UUID().uuidString
    private var input: Int32 = -1
    private var code: Int32?

    /// Starts the program, or another one beside it. `isRecorded` says whether the run counts for coverage; sweeps of thousands of runs don't.
    package init(
        _ arguments: [String], environment: [String: String] = [:], input: Input = .nothing, isRecorded: Bool = true,
        program: String? = nil, in folder: Folder
    ) throws {
        self.folder = folder
        var path = try Binary.path
        if let program {
            path = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(program).path
        }
        var variables = Binary.base(folder).merging(environment) { _, new in new }
        if !isRecorded { variables["LLVM_PROFILE_FILE"] = "/dev/null" }
        // A child that is killed must not leave a debugger behind.
        variables["SWIFT_BACKTRACE"] = "enable=no"

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var opened: Int32 = -1
        let fifo = folder.path("in-" + name)
        switch input {
        case .nothing: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .file(let file): posix_spawn_file_actions_addopen(&actions, 0, file, O_RDONLY, 0)
        case .pipe:
            _ = Self.withoutBrokenPipeSignal
            // A named pipe can be opened so that no other child inherits its end, which would keep it open. Opened for
            // both directions it does not wait for the other side.
            guard mkfifo(fifo, 0o600) == 0 else { throw SpawnFailure(code: errno) }
            opened = open(fifo, O_RDWR | O_CLOEXEC)
            posix_spawn_file_actions_addopen(&actions, 0, fifo, O_RDONLY, 0)
        }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, folder.path("out-" + name), flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, folder.path("err-" + name), flags, 0o600)

        var list: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var block: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in list + block { free(text) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, path, &actions, nil, &list, &block)
        defer { if opened >= 0 { close(opened) } }
        guard failure == 0 else { throw SpawnFailure(code: failure) }
        pid = child
        // Only the writing end stays, so that writing fails once the program has stopped reading.
        if opened >= 0 { self.input = open(fifo, O_WRONLY | O_CLOEXEC) }
    }

    deinit {
        closeInput()
        if code == nil {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
    }

    private static let withoutBrokenPipeSignal: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()

    /// Gives the program bytes; false once it has stopped reading.
    @discardableResult
    package func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(input, part.baseAddress, part.count)
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(count)
            sampleMemory()
        }
        return true
    }

    @discardableResult
    package func write(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes(write) }

    /// The end of standard input.
    package func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    package func send(_ signal: Int32) { kill(pid, signal) }

    /// Whether the program still runs.
    package var isRunning: Bool {
        reap(WNOHANG)
        return code == nil
    }

    /// Waits for the end. A run that takes longer than `seconds` is killed, which shows as code -9. A large output may
    /// stay unread; see ``outputBytes``.
    package func wait(seconds: Double = 60, readsOutput: Bool = true) throws -> Binary.Result {
        let deadline = Date(timeIntervalSinceNow: seconds)
        var pause: UInt32 = 500
        while isRunning {
            sampleMemory()
            if Date() > deadline { kill(pid, SIGKILL) }
            usleep(pause)
            pause = min(pause * 2, 4_000)
        }
        return Binary.Result(
            code: code ?? -1, output: readsOutput ? try text("out-") : "", errors: try text("err-"))
    }

    /// How much was written to standard output so far.
    package var outputBytes: Int {
        var info = stat()
        return stat(folder.path("out-" + name), &info) == 0 ? Int(info.st_size) : 0
    }

    /// What was written to standard output so far.
    package var outputSoFar: String { get throws { try text("out-") } }

    /// What was written to standard error so far.
    package var errorsSoFar: String { get throws { try text("err-") } }

    private func text(_ prefix: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path(prefix + name))), as: UTF8.self)
    }

    private func reap(_ options: Int32) {
        guard code == nil else { return }
        var status: Int32 = 0
        guard waitpid(pid, &status, options) == pid else { return }
        let signal = status & 0x7F
        code = signal == 0 ? (status >> 8) & 0xFF : -signal
    }

    private func sampleMemory() {
        let file = open("/proc/\(pid)/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        var text = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &text, text.count)
        guard count > 0 else { return }
        let lines = String(decoding: text[..<count], as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("VmHWM:") }) else { return }
        peakBytes = max(peakBytes, (Int(line.filter(\.isNumber)) ?? 0) * 1024)
    }
}
