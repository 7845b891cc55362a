import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// The short form of `martlet-bench chaos`; with `MARTLET_TEST_ALL=1` the long one.
@Suite("Chaos: real workers on a server that is restarted", .serialized)
struct ChaosTests {
    @Test("loses no scan, doubles no finding, and every lost attempt is followed by another", .timeLimit(.minutes(15)))
    func chaos() throws {
        let environment = ProcessInfo.processInfo.environment
        let isLong = environment["MARTLET_TEST_ALL"] == "1"
        let seed = environment["MARTLET_TEST_SEED"] ?? "\(Int.random(in: 0..<1_000_000))"
        let server = try PostgresServer()
        let folder = try Folder()
        let size =
            isLong ? [] : ["--scans", "24", "--accounts", "8", "--findings", "800", "--faults", "16"]
        // It holds a thread: the suite's tests are few.
        let run = try BenchRun(
            [
                "chaos", "--database", server.url(), "--restart", server.restartCommand, "--seed", seed,
                "--directory", folder.url.path, "-o", "json",
            ] + size, in: folder)
        print(run.errors)
        #expect(
            try run.figure("violations", "value") == 0, "seed \(seed): \(String(decoding: run.output, as: UTF8.self))")
        #expect(try run.figure("published", "value") == (isLong ? 200 : 24))
        // It means something only if there was something to take over.
        #expect(try run.figure("killed", "value") ?? 0 > 0)
        #expect(try run.figure("takeover_samples", "value") ?? 0 > 0)
        #expect(try run.figure("restarted", "value") ?? 0 > 0)
        // Three times what is promised, for machines that do much else; the exit code judges by the promise.
        let pauses = try ["takeover", "recovery"].map {
            try run.figure("\($0)_largest_milliseconds", "value") ?? .infinity
        }
        let longest = pauses.max() ?? .infinity
        #expect(longest <= 30_000, "seed \(seed): \(pauses) \(run.errors)")
        #expect(run.code == (longest <= 10_000 ? 0 : 1), "seed \(seed): \(pauses) \(run.errors)")
    }
}
