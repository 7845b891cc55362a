import CProcess
import Glibc
import MartletCore

/// A run of an external source over a scope: everything is checked when it is made, nothing happens until it is performed.
///
///     let run = try ExternalRun(source, scope: scope, secrets: secrets)
///     try await run.perform(log: { line in … }) { result in
///         for file in result.files { … }
///     }
public struct ExternalRun: Sendable {
    private let source: ExternalSource
    private let scope: ExternalScope
    private let secrets: [String: String]
    private let path: String
    private let executable: String
    private let directory: String
    var limits: ChildLimits

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - source: What to run.
    ///   - scope: What it is to look at.
    ///   - secrets: Variables of the scanner's environment whose values are covered in the log, at least those that
    ///     `source.secrets` names.
    ///   - path: Where programs are, as PATH has it; nil for the worker's own PATH.
    ///   - directory: Where private directories are made; nil for `TMPDIR` or `/tmp`.
    /// - Throws: ``MartletError``: `invalid_input` for a source or scope that cannot be run and for secrets without a
    ///   value, `external_missing` for a program that is not there.
    public init(
        _ source: ExternalSource, scope: ExternalScope, secrets: [String: String] = [:], path: String? = nil,
        directory: String? = nil
    ) throws {
        try source.validate()
        self.source = source
        self.scope = scope
        self.secrets = secrets
        self.path = path ?? getenv("PATH").map { String(cString: $0) } ?? ExecutablePath.usual
        self.directory = directory ?? TemporaryFile.folder
        limits = ChildLimits(source)
        let arguments = try source.command.arguments(for: scope, output: "/")
        executable = try ExecutablePath.find(arguments.first ?? "", path: self.path)
        _ = try ExternalEnvironment.list(for: source, path: self.path, directory: "/", secrets: secrets)
    }

    /// Runs the scanner to its end, then the body with what it wrote, and removes all of it before returning.
    ///
    /// Whatever happens, no process and no file of the scanner is left when this returns or throws, and also when the
    /// worker dies meanwhile. Cancelling the calling task ends the scanner within two seconds. Files that are deleted while
    /// they are open, and what a scanner writes outside its private directory, are beyond the limit on disk.
    ///
    /// - Parameters:
    ///   - activity: Called whenever the scanner says or writes something, on the same thread as `log`.
    ///   - log: Gets what the scanner says on standard error, and on standard output if its output is in files: line by
    ///     line, without secrets and control characters, at most 1 MiB in all, on a thread that waits for it.
    ///   - body: Gets the result; it reads the files.
    /// - Returns: What the body returns.
    /// - Throws: ``MartletError``: `cancelled`, `external_missing`, `external_failed`, `external_timeout`,
    ///   `external_flooded`, `external_no_output`, `io`, `limit`; and what the body throws.
    public func perform<Value: Sendable>(
        activity: @escaping @Sendable () -> Void = {},
        log: @escaping @Sendable (String) -> Void, _ body: @Sendable (ExternalResult) async throws -> Value
    ) async throws -> Value {
        let directory = try RunDirectory.make(in: directory)
        let run: ChildRun
        do {
            let command = ChildCommand(
                executable: executable,
                arguments: try source.command.arguments(for: scope, output: directory.work),
                environment: try ExternalEnvironment.list(
                    for: source, path: path, directory: directory.work, secrets: secrets),
                secrets: Array(secrets.values), printsOutput: source.output == .standardOutput)
            run = try ChildRun(command, limits: limits, in: directory)
        } catch {
            martlet_process_remove(directory.path)
            close(directory.lock)
            throw error
        }
        do {
            let result = try await withTaskCancellationHandler {
                try await finished(run, log, activity, in: directory)
            } onCancel: {
                run.end()
            }
            let value = try await body(result)
            await run.release()
            return value
        } catch {
            await run.release()
            throw error
        }
    }

    /// Removes what runs have left in a directory whose worker and guardian were both killed; gives how many. A worker
    /// calls it when it starts; runs of other workers are not touched.
    ///
    /// - Parameter directory: Where private directories are made; nil for `TMPDIR` or `/tmp`.
    @discardableResult
    public static func sweep(directory: String? = nil) -> Int {
        RunDirectory.sweep(in: directory ?? TemporaryFile.folder)
    }

    private func finished(
        _ run: ChildRun, _ log: @escaping @Sendable (String) -> Void, _ activity: @escaping @Sendable () -> Void,
        in directory: RunDirectory
    ) async throws -> ExternalResult {
        let clock = ContinuousClock()
        let start = clock.now
        try await run.start()
        let end = await run.watch(log, activity)
        let elapsed = start.duration(to: clock.now)
        let outcome = ChildOutcome(
            report: end.report, excess: end.excess, isCancelled: end.isCancelled, lastLine: end.lastLine,
            limits: limits, findingsExitCodes: source.findingsExitCodes)
        let code = try outcome.exitCode()
        let report = end.report ?? martlet_process_report()
        return ExternalResult(
            files: try files(in: directory), exitCode: code, seconds: elapsed.seconds,
            processorSeconds: Double(report.user + report.system) / 1e6, peakBytes: report.peak * 1024,
            droppedLines: end.droppedLines)
    }

    private func files(in directory: RunDirectory) throws -> [String] {
        guard case .files(let pattern) = source.output else {
            let path = directory.path + "/stdout"
            var status = stat()
            guard stat(path, &status) == 0, status.st_size > 0 else {
                throw MartletError(.externalNoOutput, "the scanner succeeded but printed nothing")
            }
            return [path]
        }
        return try OutputFiles.find(pattern, in: directory.work, limit: limits.outputBytes)
    }
}
