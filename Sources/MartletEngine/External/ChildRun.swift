import CProcess
import Glibc
import MartletCore

/// One child under its guardian, from its start to the removal of its directory, on a thread of its own.
///
/// The order of calls is ``start()``, ``watch(_:)``, then in every case ``release()``.
actor ChildRun {
    private let executor: DedicatedThreadExecutor
    private let command: ChildCommand
    private let limits: ChildLimits
    private let directory: RunDirectory
    private let control = ChildControl()
    private var guardian: pid_t = 0
    private var reports: Int32 = -1
    private var errors: Int32 = -1
    private var scanner: pid_t = 0

    /// What is known when the last process has ended.
    struct End: Sendable {
        var report: martlet_process_report?
        var excess: MartletError?
        var isCancelled: Bool
        var lastLine: String?
        var droppedLines: Int
    }

    /// Takes over the directory. Throws ``MartletError`` (`limit`) when the system gives no more threads.
    init(_ command: ChildCommand, limits: ChildLimits, in directory: RunDirectory) throws {
        executor = try DedicatedThreadExecutor()
        self.command = command
        self.limits = limits
        self.directory = directory
    }

    /// The run's own thread, on which all waiting is done.
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Has the scanner ended, from any thread and at any time; see ``ChildControl/end()``.
    nonisolated func end() { control.end() }

    /// Starts guardian and scanner. Throws ``MartletError``: `cancelled` when it has been ended already, `io` when the
    /// system has no room for more processes.
    func start() throws {
        guard !control.isEnded else {
            throw MartletError(.cancelled, "the scan was cancelled before its scanner began")
        }
        var ends: [Int32] = [-1, -1]
        let pipe = martlet_process_pipe(&ends)
        guard pipe == 0 else { throw Self.failure(pipe) }
        errors = ends[0]
        defer { close(ends[1]) }
        let output = command.printsOutput ? try directory.openOutput() : ends[1]
        defer { if command.printsOutput { close(output) } }
        var handle = martlet_process_handle()
        let result = command.withVectors { arguments, environment in
            directory.path.withCString { root in
                directory.work.withCString { work in
                    command.executable.withCString { executable in
                        var request = martlet_process_request(
                            executable: executable, arguments: arguments, environment: environment, root: root,
                            directory: work, output: output, errors: ends[1], lock: directory.lock,
                            address_space: UInt64(limits.memoryBytes ?? 0),
                            // One more than allowed, so that a file above the limit can be told from one at it.
                            file_size: UInt64(limits.outputBytes) + 1,
                            timeout: UInt64(clamping: limits.timeout.milliseconds),
                            grace: UInt64(clamping: limits.grace.milliseconds))
                        return martlet_process_start(&request, &handle)
                    }
                }
            }
        }
        guard result == 0 else { throw Self.failure(result) }
        guardian = handle.guardian
        reports = handle.report
        control.open(handle.control)
    }

    /// Waits until no process of the scanner is left, and hands lines of its log on as they come, on the run's thread.
    /// `activity` is called for what it says, shown or not, and when what it keeps on disk has another size.
    func watch(_ log: @Sendable (String) -> Void, _ activity: @Sendable () -> Void) -> End {
        var lines = ChildLog(secrets: command.secrets, limit: limits.logBytes)
        var disk = ChildDisk(directory, limits: limits)
        var end: martlet_process_report?
        var excess: MartletError?
        var isOpen = true
        var isCancelled = false
        while isOpen {
            var events = [
                pollfd(fd: reports, events: Int16(POLLIN), revents: 0),
                pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&events, 2, excess == nil ? disk.wait : -1)
            if events[1].revents != 0 {
                drain(&lines, log)
                activity()
            }
            if events[0].revents != 0 {
                switch nextReport() {
                case .started(let pid): scanner = pid
                case .ended(let report):
                    end = report
                    isOpen = false
                case .lost: isOpen = false
                }
            }
            // Read before the end is asked for on our own account.
            isCancelled = isCancelled || (excess == nil && control.isEnded)
            let bytes = disk.bytes
            if isOpen, excess == nil, let found = disk.excess() {
                excess = found
                control.end()
            }
            if disk.bytes != bytes { activity() }
        }
        // The scanner dies with its guardian; this is for the rest of its group.
        if end == nil, scanner > 0 { kill(-scanner, SIGKILL) }
        drain(&lines, log)
        lines.finish().forEach(log)
        if excess == nil, !isCancelled { excess = disk.measure() }
        return End(
            report: end, excess: excess, isCancelled: isCancelled, lastLine: lines.lastLine,
            droppedLines: lines.dropped)
    }

    /// Ends what may still run, waits for the guardian, and removes the directory.
    func release() {
        control.close()
        if guardian > 0 {
            while waitpid(guardian, nil, 0) < 0 && errno == EINTR {}
            guardian = 0
        }
        for descriptor in [reports, errors] where descriptor >= 0 { close(descriptor) }
        reports = -1
        errors = -1
        // Only where the guardian could not.
        martlet_process_remove(directory.path)
        close(directory.lock)
    }

    private enum Report {
        case started(pid_t)
        case ended(martlet_process_report)
        case lost
    }

    private func nextReport() -> Report {
        var report = martlet_process_report()
        let size = MemoryLayout<martlet_process_report>.size
        while true {
            let count = read(reports, &report, size)
            if count < 0 && errno == EINTR { continue }
            guard count == size else { return .lost }
            let isStart = report.kind == Int32(MARTLET_PROCESS_STARTED.rawValue)
            return isStart ? .started(report.scanner) : .ended(report)
        }
    }

    // At most a megabyte at a time, so that a scanner that never stops talking cannot keep all else waiting.
    private func drain(_ lines: inout ChildLog, _ log: (String) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
            for _ in 0..<16 {
                let count = read(errors, buffer.baseAddress, buffer.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else {
                    // At its end it would make `poll` return for ever.
                    if count == 0 { retireErrors() }
                    return
                }
                lines.take(UnsafeRawBufferPointer(rebasing: buffer[..<count])).forEach(log)
            }
        }
    }

    private func retireErrors() {
        close(errors)
        errors = -1
    }

    private static func failure(_ code: Int32) -> MartletError {
        MartletError(
            .io,
            "the system could not start a process for the scanner (\(String(cString: strerror(code)))); try again later "
                + "or run fewer at once")
    }
}
