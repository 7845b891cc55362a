import Foundation
import MartletCore

/// PgBouncer in transaction mode before a test's server; it ends with the value.
public final class PgBouncer: Sendable {
    private let folder: String
    private let lifeline: FileHandle
    private static let port = 6_543

    /// Starts it and waits until it answers.
    public init(before server: PostgresServer, connections: Int) async throws {
        folder = server.folder + "-bouncer-\(UInt32.random(in: 0 ... .max))"
        let user = geteuid() == 0 ? "postgres" : nil
        try Command.run("mkdir", ["-m", "700", folder])
        let settings = """
            [databases]
            * = host=\(server.folder) port=5432
            [pgbouncer]
            pool_mode = transaction
            default_pool_size = \(connections)
            max_client_conn = 100
            listen_addr =
            unix_socket_dir = \(folder)
            listen_port = \(Self.port)
            auth_type = trust
            auth_file = \(folder)/users
            logfile = \(folder)/log
            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: folder + "/pgbouncer.ini"))
        try Data("\"owner\" \"\"\n".utf8).write(to: URL(fileURLWithPath: folder + "/users"))
        if let user { try Command.run("chown", ["-R", user, folder]) }
        let drop = user.map { "setpriv --reuid=\($0) --regid=\($0) --init-groups " } ?? ""
        let script = """
            trap '' INT TERM HUP; cd /
            \(drop)/usr/sbin/pgbouncer -q \(folder)/pgbouncer.ini & child=$!
            cat > /dev/null; kill -KILL $child; wait $child; rm -rf \(folder)
            """
        let input = try Spawn.pipe()
        defer { close(input.reading) }
        lifeline = FileHandle(fileDescriptor: input.writing, closeOnDealloc: true)
        _ = try Spawn.start("/bin/sh", ["-c", script], input: input.reading)
        for _ in 0..<500 where access("\(folder)/.s.PGSQL.\(Self.port)", F_OK) != 0 {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    deinit { try? lifeline.close() }

    /// The URL of a schema through it.
    public func url(schema: String) -> String {
        let socket = folder.split(separator: "/").joined(separator: "%2F")
        return "postgresql://owner@%2F\(socket):\(Self.port)/postgres?schema=\(schema)"
    }
}
