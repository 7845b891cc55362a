import Glibc
import MartletCore
import MartletFormats
import MartletGenerator
import MartletHTTPClient

/// `martlet-bench scan azure`: a one-shot scan by the program itself against a server that the benchmark starts.
struct AzureBenchmark {
    static let optionNames: Set<String> = ["size", "latency", "checks", "program", "directory", "keep"]

    private let options: BenchOptions
    private let size: Int
    private let latency: Int

    init(options: BenchOptions) throws {
        self.options = options
        size = try options.integer("size", in: 1...1_000_000) ?? 500
        latency = try options.integer("latency", in: 0...10_000) ?? 100
    }

    func run() async throws {
        let folder = try WorkFolder(parent: options.value("directory"))
        defer { if !options.has("keep") { folder.remove() } }
        let program = try options.value("program") ?? Self.neighbour()
        let once = try await measure("once", size: size, latency: 0, program, folder)
        let late = try await measure("late", size: size, latency: latency, program, folder)
        let ten = try await measure("tenfold", size: size * 10, latency: 0, program, folder)
        let own = max(0, once.process.wall - once.limit)
        let isUsual = size == 500 && latency == 100
        let targets =
            !isUsual
            ? []
            // What was promised of requests concerns the 66 rules of OpenShield, to be named by `--checks`.
            : (options.value("checks") == nil
                ? [] : [Target(name: "requests", value: Double(once.requests), limit: 6_000, kind: .atMost)]) + [
                    Target(name: "requests made twice", value: Double(once.twice), limit: 0, kind: .atMost),
                    Target(name: "own time (s)", value: own, limit: 8, kind: .atMost),
                    Target(name: "memory (MB)", value: Double(once.process.peak) / 1e6, limit: 150, kind: .atMost),
                    Target(name: "time with 100 ms more (s)", value: late.process.wall, limit: 40, kind: .atMost),
                    Target(
                        name: "memory of ten times as much (MB)", value: Double(ten.process.peak) / 1e6, limit: 150,
                        kind: .atMost),
                ]
        for line in Self.table([("once", once), ("\(latency) ms late", late), ("ten times", ten)]) { say(line) }
        for target in targets { say(target.text) }
    }

    struct Run {
        var process: MeasuredProcess
        var requests: Int
        var twice: Int
        /// Seconds that a client which does nothing else needs for the same requests.
        var limit: Double
        var figures: [String: Double] {
            [
                "wall s": process.wall, "CPU s": process.cpu, "server s": limit, "requests": Double(requests),
                "twice": Double(twice), "peak MB": Double(process.peak) / 1e6,
            ]
        }
    }

    private func measure(
        _ name: String, size: Int, latency: Int, _ program: String, _ folder: WorkFolder
    ) async throws -> Run {
        let server = try AzureServer(AzureEstate(size: size), latency: latency)
        defer { server.stop() }
        let map = folder.file("\(name)-map.json")
        try OutputFile(path: map).write(Array(server.map.utf8))
        var arguments = [
            "scan", "azure", "--subscription", AzureEstate.subscription, "--endpoint-map", map, "--database",
            "sqlite:" + folder.file("\(name).db"), "--quiet",
        ]
        if let checks = options.value("checks") { arguments += ["--checks", checks] }
        let process = try MeasuredProcess.run(
            program, arguments,
            environment: [
                "AZURE_ACCESS_TOKEN": "bench", "HOME": folder.path, "PATH": "/usr/bin:/bin",
                // What is measured is the scan; figures stay comparable whatever frameworks the program has.
                "MARTLET_NO_SHIPPED_FRAMEWORKS": "1",
            ])
        guard process.status == 0 else {
            throw MartletError(.io, "the scan ended with status \(process.status >> 8)", place: program)
        }
        let requests = server.requests
        let limit = try await Self.time(requests.map { server.url + $0 })
        return Run(
            process: process, requests: requests.count, twice: requests.count - Set(requests).count, limit: limit)
    }

    /// How long the same requests take when nothing is done with the answers.
    private static func time(_ urls: [String]) async throws -> Double {
        let client = try HTTPClient()
        let start = ContinuousClock.now
        try await withThrowingDiscardingTaskGroup { group in
            for url in urls {
                group.addTask { _ = try await client.send(HTTPRequest("GET", url)) }
            }
        }
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    /// The program beside this one.
    private static func neighbour() throws -> String {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { throw MartletError(.io, String(cString: strerror(errno)), place: "/proc/self/exe") }
        let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return "/\(folder)/martlet"
    }

    private static func table(_ runs: [(String, Run)]) -> [String] {
        let names = ["wall s", "CPU s", "server s", "requests", "twice", "peak MB"]
        return [("| |" + names.map { " \($0) |" }.joined()), "|---|" + names.map { _ in "---|" }.joined()]
            + runs.map { name, run in
                "| \(name) |" + names.map { " \(Number.short(run.figures[$0] ?? 0)) |" }.joined()
            }
    }

    private func say(_ line: String) { BenchProgram.write(line + "\n", to: STDOUT_FILENO) }
}
