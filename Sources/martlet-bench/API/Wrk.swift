import Glibc
import MartletCore
import MartletFormats

/// The load generator wrk, where it is installed: how many requests a second the server answers at the most. It sends the
/// next request when the one before is answered, so that its latencies say nothing at a given rate.
struct Wrk {
    let program: String
    let seconds: Int
    let connections: Int

    /// Nil where it is not on the path.
    init?(seconds: Int, connections: Int) {
        guard seconds > 0, let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
        let places = path.split(separator: ":").map { "\($0)/wrk" }
        guard let program = places.first(where: { access($0, X_OK) == 0 }) else { return nil }
        self.program = program
        self.seconds = seconds
        self.connections = connections
    }

    /// Requests a second for one target.
    func rate(of target: String, at place: APIPlace, folder: WorkFolder) throws -> Double {
        let output = folder.file("wrk.out")
        unlink(output)
        let process = try SpawnedProcess(
            program,
            [
                "-t1", "-c\(connections)", "-d\(seconds)s", "-H", "Authorization: Bearer \(place.token)",
                "http://127.0.0.1:\(place.port)\(target)",
            ], output: output, errors: folder.file("wrk.log"))
        for _ in 0..<(seconds + 30) * 100 where !process.looksEnded() { usleep(10_000) }
        let text = String(decoding: try InputFile.read(output), as: UTF8.self)
        guard !text.contains("Non-2xx"),
            let line = text.split(separator: "\n").first(where: { $0.contains("Requests/sec:") }),
            let rate = line.split(separator: " ").last.flatMap({ Double($0) })
        else {
            throw MartletError(.io, "wrk measured nothing; its output is in --directory with --keep", place: target)
        }
        return rate
    }
}
