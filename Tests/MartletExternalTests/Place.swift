import Foundation
import MartletCore
import Synchronization
import Testing

@testable import MartletEngine

/// A directory for the private directories of one test, and a mark by which all processes of the test are known.
final class Place: Sendable {
    let path: String
    let mark = "MARK\(UInt64.random(in: .min ... .max))"
    private let log = Mutex<[String]>([])

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("external-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What the scanners said.
    var lines: [String] { log.withLock { $0 } }

    /// A source whose scanner is a shell script.
    func source(_ script: String, output: String = "stdout") throws -> ExternalSource {
        try source(command: ["/bin/sh", "-c", script], output: output)
    }

    func source(command: [String], output: String = "stdout") throws -> ExternalSource {
        var source = ExternalSource(
            name: "test", command: ExternalCommand(arguments: command), output: try ExternalOutputPlace(output))
        source.environment["MARK"] = mark
        source.timeout = 60
        return source
    }

    func run(
        _ source: ExternalSource, scope: ExternalScope? = nil, secrets: [String: String] = [:],
        grace: Duration = .milliseconds(1500)
    ) throws -> ExternalRun {
        var run = try ExternalRun(source, scope: try scope ?? Self.scope, secrets: secrets, directory: path)
        run.limits.grace = grace
        return run
    }

    /// Runs it and gives the text of all its files.
    @discardableResult
    func perform(_ run: ExternalRun) async throws -> (text: String, result: ExternalResult) {
        try await run.perform(log: { line in self.log.withLock { $0.append(line) } }) { result in
            let texts = try result.files.map { try String(contentsOfFile: $0, encoding: .utf8) }
            return (texts.joined(), result)
        }
    }

    /// The code and message with which it fails.
    func failure(_ run: ExternalRun) async -> MartletError? {
        do {
            try await perform(run)
            return nil
        } catch {
            return error as? MartletError
        }
    }

    static var scope: ExternalScope {
        get throws {
            ExternalScope(account: AccountKey(provider: try #require(Provider(name: "aws")), uid: "123456789012"))
        }
    }

    /// Processes of scanners of this test that exist, by the environment that they all have.
    var processes: [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap(pid_t.init).filter { pid in
            guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else { return false }
            return environment.range(of: Data("MARK=\(mark)".utf8)) != nil
        }
    }

    /// What is left in the directory.
    var remains: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? ["unreadable"] }

    /// Waits for a file in the private directory of a run.
    func awaitFile(_ name: String) async throws {
        try await wait {
            self.remains.contains { FileManager.default.fileExists(atPath: "\(self.path)/\($0)/work/\(name)") }
        }
    }

    /// Waits until something holds, for half a minute: machines that test are busy.
    func wait(_ condition: @Sendable () -> Bool) async throws {
        for _ in 0..<3000 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it has not come true in time")
    }

    /// A program that was built beside the tests.
    static func program(_ name: String) throws -> String {
        var candidates = [CommandLine.arguments[0], Bundle.main.bundlePath] + Bundle.allBundles.map(\.bundlePath)
        if let binary = ProcessInfo.processInfo.environment["MARTLET_BINARY"] { candidates.insert(binary, at: 0) }
        for candidate in candidates where !candidate.isEmpty {
            var folder = URL(fileURLWithPath: candidate)
            for _ in 0..<4 {
                let path = folder.appendingPathComponent(name).path
                if FileManager.default.isExecutableFile(atPath: path) { return path }
                folder.deleteLastPathComponent()
            }
        }
        throw MartletError(.notFound, "\(name) was not built")
    }

    static var scanner: String { get throws { try program("martlet-test-scanner") } }
}
