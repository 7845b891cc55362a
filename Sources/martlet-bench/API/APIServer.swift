import Glibc
import MartletCore
import MartletFormats

/// The built `martlet serve` without workers and limits, with an owner who has logged in.
final class APIServer {
    let process: SpawnedProcess
    private let port: UInt16
    private let email: String
    private static let password = "Bench-\(UInt64.random(in: 1_000_000 ... .max))-aA1!"

    /// Starts it and waits until it serves.
    init(program: String, database: String, folder: WorkFolder, environment: [String: String]) throws {
        email = "bench-\(UInt32.random(in: 0 ... .max))@example.com"
        let (output, errors) = (folder.file("serve.out"), folder.file("serve.log"))
        let file = folder.file("password")
        try OutputFile(path: file).write(Array(Self.password.utf8))
        try SpawnedProcess.run(
            program, ["user", "add", "--database", database, "--owner", "--from-file", file, email],
            errors: errors, environment: environment)
        process = try SpawnedProcess(
            program,
            [
                "serve", "--database", database, "--listen", "127.0.0.1:0", "--workers", "0", "--rate-limit", "0",
                "--address-rate-limit", "0", "--access-log", "none",
            ], output: output, errors: errors, environment: environment)
        var port: UInt16?
        for _ in 0..<6_000 where port == nil && !process.looksEnded() {
            usleep(10_000)
            port = Self.port(in: output)
        }
        guard let port else { throw MartletError(.io, "the server does not start", place: errors) }
        self.port = port
    }

    /// With a token that is new.
    func place() throws -> APIPlace { try APIPlace(port: port).logged(in: email, password: Self.password) }

    private static func port(in output: String) -> UInt16? {
        guard let bytes = try? InputFile.read(output) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().first else {
            return nil
        }
        return line.split(separator: ":").last.flatMap { UInt16($0) }
    }
}
