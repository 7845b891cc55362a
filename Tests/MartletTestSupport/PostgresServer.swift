import Foundation
import MartletCore

/// A PostgreSQL server for tests: in a temporary folder, on a socket there, as an unprivileged user, gone with the
/// process however that ends.
public final class PostgresServer: Sendable {
    /// Holds the data, the socket and the log.
    public let folder: String
    /// A shell's command that stops the server without any care and starts it again, for programs that do it themselves.
    public let restartCommand: String
    private let binaries: String
    private let user: String?
    private let port: Int
    // Closed by the system when the process ends, which tells the keeper to stop the server.
    private let lifeline: FileHandle
    private let answers: FileHandle

    /// The one that tests share; nil with the reason in `MartletError` where none can be started.
    public static let shared = Result { try PostgresServer() }

    /// Makes a folder, a cluster in it, and starts it.
    ///
    /// `port` names the socket; only a server with `listens` is reached by TCP, too, on 127.0.0.1.
    public init(port: Int = 5432, listens: Bool = false) throws {
        self.port = port
        binaries = try Self.findBinaries()
        let folder = "/tmp/martlet-pg-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        self.folder = folder
        user = geteuid() == 0 ? "postgres" : nil
        try Command.run("mkdir", ["-m", "700", folder])
        if let user { try Command.run("chown", [user, folder]) }
        try Command.run(
            binaries + "/initdb",
            [
                "-D", folder + "/data", "-U", "owner", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
            ], as: user)
        let options =
            [
                "-k \(folder)", "-c port=\(port)", "-c listen_addresses='\(listens ? "127.0.0.1" : "")'",
                "-c max_connections=300", "-c max_wal_size=4GB",
                "-c autovacuum_naptime=5s", "-c deadlock_timeout=200ms",
                // The machine does not crash; recovery after an immediate stop need not sync a folder of thousands of files.
                "-c fsync=off",
            ]
        let start =
            "\(binaries)/pg_ctl -w -D \(folder)/data -l \(folder)/log -o \"\(options.joined(separator: " "))\" start"
        let stop = "\(binaries)/pg_ctl -D \(folder)/data -m immediate stop"
        let drop = user.map { "setpriv --reuid=\($0) --regid=\($0) --init-groups " } ?? ""
        restartCommand = "\(drop)\(stop); \(drop)\(start)"
        // The keeper outlives this process by the moment that it needs to stop the server.
        let script = """
            trap '' INT TERM HUP; cd /
            \(drop)\(start) && echo up
            while read -r word; do
                case $word in
                    restart) \(drop)\(stop); \(drop)\(start) && echo up ;;
                    stop) \(drop)\(stop) && echo up ;;
                esac
            done
            \(drop)\(stop); rm -rf \(folder)
            """
        let (input, output) = (try Spawn.pipe(), try Spawn.pipe())
        defer {
            close(input.reading)
            close(output.writing)
        }
        lifeline = FileHandle(fileDescriptor: input.writing, closeOnDealloc: true)
        answers = FileHandle(fileDescriptor: output.reading, closeOnDealloc: true)
        _ = try Spawn.start("/bin/sh", ["-c", script], input: input.reading, output: output.writing)
        try waitForAnswer()
    }

    /// The URL of a database of this server, for a login that may do everything.
    public func url(database: String = "postgres", schema: String? = nil, user: String = "owner") -> String {
        let socket = folder.split(separator: "/").joined(separator: "%2F")
        return "postgresql://\(user)@%2F\(socket):\(port)/\(database)" + (schema.map { "?schema=\($0)" } ?? "")
    }

    /// Stops the server without any care and starts it again. The keeper does it: a server that a child of this process
    /// starts would keep the child's end from being noticed.
    public func restart() throws {
        try lifeline.write(contentsOf: Data("restart\n".utf8))
        try waitForAnswer()
    }

    /// Stops the server for good.
    public func stop() throws {
        try lifeline.write(contentsOf: Data("stop\n".utf8))
        try waitForAnswer()
    }

    /// Puts a line before all others of pg_hba.conf and lets the server read it.
    public func admit(_ line: String) throws {
        let file = folder + "/data/pg_hba.conf"
        let known = try String(contentsOfFile: file, encoding: .utf8)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        try handle.write(contentsOf: Data((line + "\n" + known).utf8))
        try handle.close()
        try psql("SELECT pg_reload_conf()")
    }

    /// Runs SQL by psql, as the owner of everything.
    @discardableResult
    public func psql(_ sql: String, database: String = "postgres") throws -> String {
        try Command.run(
            binaries + "/psql",
            [
                "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p", "\(port)", "-U", "owner", "-d",
                database, "-c", sql,
            ])
    }

    private static func findBinaries() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap(Int.init)
        guard let newest = versions.filter({ $0 >= 14 }).max() else {
            throw MartletError(.notFound, "Tests need Debian's package postgresql; scripts/setup.sh installs it.")
        }
        return "\(root)/\(newest)/bin"
    }

    private func waitForAnswer() throws {
        var text = ""
        while !text.contains("up\n") {
            let data = answers.availableData
            guard !data.isEmpty else {
                let reason = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
                throw MartletError(.io, "The server for tests did not start: \(text) \(reason)")
            }
            text += String(decoding: data, as: UTF8.self)
        }
    }
}
