import Foundation
import MartletProgram
import Testing

/// A store with an external source whose scanner is the tests' own program, for processes that share a queue.
struct SourceProcesses {
    let queue: QueueProcesses
    /// Where private directories are made.
    let runs: String
    /// What the scanner wrote of how it was started.
    let trace: String
    /// As long as this file is there, the scanner waits.
    let hold: String
    /// What the scanner finds.
    let findings: String
    static let account = "210987654321"

    /// Runs `body` with a store of its own and keys for secrets.
    static func with(_ place: QueuePlace, _ body: (SourceProcesses) async throws -> Void) async throws {
        try await place.with { queue in
            var queue = queue
            let folder = queue.store.folder
            let runs = folder.path("runs")
            try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
            queue.store.environment["TMPDIR"] = runs
            queue.store.environment["MARTLET_SECRET_KEY"] = try queue.store.succeed(["secret", "key"])
                .trimmingCharacters(in: .newlines)
            try queue.store.succeed(["account", "add", "aws/\(account)", "-q"])
            try await body(
                SourceProcesses(
                    queue: queue, runs: runs, trace: folder.path("trace"), hold: folder.path("hold"),
                    findings: try folder.write(try CommandLineScan.varied.ndjson(), "findings.ndjson")))
        }
    }

    /// The tests' scanner, built beside the program.
    static var scanner: String {
        get throws {
            let folder = URL(fileURLWithPath: try Binary.path).deletingLastPathComponent()
            return folder.appendingPathComponent("martlet-test-scanner").path
        }
    }

    /// Adds the source `lab`. `how` is what its scanner does; placeholders may be in it.
    func add(_ how: String..., options: [String] = [], code: Int = 0) throws {
        let parts = ["\"\(try Self.scanner)\""] + how.map { $0.hasPrefix("[") ? $0 : "\"\($0)\"" }
        let variables = ["TRACE=\(trace)", "HOLD=\(hold)", "FINDINGS=\(findings)", "CODE=\(code)"]
        var arguments = ["source", "add", "lab", "-q", "--command", "[\(parts.joined(separator: ","))]"]
        if !options.contains("--output") { arguments += ["--output", "stdout"] }
        for variable in variables { arguments += ["--environment", variable] }
        try queue.store.succeed(arguments + options)
    }

    func start(_ options: String..., account: String = account) throws -> String {
        let text = try queue.store.succeed(
            ["scan", "start", "-a", account, "--source", "external:lab", "-o", "json"] + options)
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        return try #require(answer["scan"] as? String)
    }

    func holdScanner() { _ = FileManager.default.createFile(atPath: hold, contents: nil) }

    func releaseScanner() throws { try FileManager.default.removeItem(atPath: hold) }

    /// Lines of the trace that begin with a word, without it.
    func traced(_ word: String) -> [String] {
        let text = (try? String(contentsOfFile: trace, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix(word + " ") }.map {
            String($0.dropFirst(word.count + 1))
        }
    }

    /// Waits until so many scanners have told how they were started; gives the process of the last.
    @discardableResult
    func scannerRuns(_ count: Int = 1, _ location: SourceLocation = #_sourceLocation) throws -> pid_t {
        try wait("no scanner", location) { traced("process").count >= count }
        return try #require(pid_t(traced("process").last ?? ""))
    }

    /// Waits until a process has ended and no private directory is left.
    func nothingIsLeft(of scanner: pid_t, _ location: SourceLocation = #_sourceLocation) throws {
        try wait("process \(scanner) lives", location) { kill(scanner, 0) != 0 }
        try wait("directories are left", location) {
            (try? FileManager.default.contentsOfDirectory(atPath: runs))?.isEmpty == true
        }
    }

    func wait(_ what: String, _ location: SourceLocation = #_sourceLocation, _ isThere: () -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while !isThere() {
            guard Date() < deadline else {
                Issue.record("\(what)", sourceLocation: location)
                throw QueueProcesses.NeverCame()
            }
            usleep(10_000)
        }
    }
}

extension SourceProcesses {
    /// Waits for a private directory in which a scanner has made a file.
    func privateDirectory(_ name: String, _ location: SourceLocation = #_sourceLocation) throws -> String {
        var found: String?
        try wait("no file \(name)", location) {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
            found = all.map { "\(runs)/\($0)/work" }.first { FileManager.default.fileExists(atPath: "\($0)/\(name)") }
            return found != nil
        }
        return try #require(found)
    }

    /// A process whose working directory this is.
    func process(in directory: String) throws -> pid_t {
        let real = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
        let all = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(pid_t.init)
        return try #require(
            all.first { pid in
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")) == real
            })
    }
}
