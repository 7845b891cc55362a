import Foundation
import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// What goes wrong before the first statement: encryption, versions, refusals.
@Suite("PostgreSQL: handshake", .serialized)
struct HandshakeTests {
    private static func failure(
        _ code: MartletError.Code, _ url: String, _ location: SourceLocation = #_sourceLocation
    ) async -> String {
        let error = await expectError(code, location) {
            let store = try await Store.open(url: url)
            await store.close()
        }
        #expect(error?.description.contains("s3cret") == false, sourceLocation: location)
        return error?.description ?? ""
    }

    @Test("a certificate must be by the authority that is trusted, and for the host that is meant")
    func certificates() async throws {
        let port = Int.random(in: 20_000...60_000)
        let server = try PostgresServer(port: port, listens: true)
        let folder = try TemporaryFolder()
        let certificates = try Certificates(name: "elsewhere.example", in: folder.path)
        for file in ["server.crt", "server.key"] {
            let target = "\(server.folder)/data/\(file)"
            try Command.run("cp", ["\(certificates.folder)/\(file)", target])
            try Command.run("chmod", ["600", target])
            try Command.run("chown", ["--reference", server.folder + "/data/PG_VERSION", target])
        }
        try server.psql("ALTER SYSTEM SET ssl = on")
        try server.psql("SELECT pg_reload_conf()")
        let base = "postgresql://owner:s3cret@127.0.0.1:\(port)/postgres?sslrootcert=\(folder.path)/"
        // The server reads its settings a moment later.
        var isReady = false
        for _ in 0..<200 where !isReady {
            isReady = (try? await Store.open(url: base + "authority.crt&sslmode=verify-ca").close()) != nil
            if !isReady { try await Task.sleep(for: .milliseconds(25)) }
        }
        #expect(isReady, "the certificate is good, the name is not asked for")
        let name = await Self.failure(.io, base + "authority.crt&sslmode=verify-full")
        #expect(name.contains("another host") && name.contains("elsewhere.example"), "\(name)")
        let authority = await Self.failure(.io, base + "stranger.crt&sslmode=verify-ca")
        #expect(authority.contains("sslrootcert"), "\(authority)")
        let missing = await Self.failure(.io, base + "nothing.crt&sslmode=verify-full")
        #expect(missing.contains("sslrootcert"), "\(missing)")
        let store = try await Store.open(url: base + "authority.crt&sslmode=require")
        await store.close()
    }

    @Test("a server that is too old is named with its version", arguments: ["13.4", "9.6.1"])
    func tooOld(version: String) async throws {
        let server = try FakeServer(FakeServer.greeting(version: version))
        let text = await Self.failure(.database, server.url)
        #expect(text.contains("needs 14 or newer"), "\(text)")
        #expect(text.contains("PostgreSQL \(version.split(separator: ".")[0])"), "\(text)")
    }

    @Test(
        "what a server says before it admits anybody has advice",
        arguments: [
            ("53300", "sorry, too many clients already", MartletError.Code.limit, "pool=N"),
            ("53300", "too many connections for role \"me\"", .limit, "pool=N"),
            ("57P03", "the database system is starting up", .io, "cannot be reached"),
            ("28P01", "password authentication failed for user \"me\"", .io, "refuses the login"),
            ("28000", "no pg_hba.conf entry for host \"h\", user \"u\", no encryption", .io, "pg_hba.conf"),
            ("3D000", "database \"password\" does not exist", .io, "does not know"),
            ("28000", "role \"SSL\" does not exist", .io, "does not know"),
            ("42501", "permission denied for database \"d\"", .io, "may not connect"),
        ])
    func refusals(state: String, text: String, code: MartletError.Code, words: String) async throws {
        let server = try FakeServer(FakeServer.refusal(state, text))
        let told = await Self.failure(code, server.url)
        #expect(told.contains(words), "\(told)")
    }

    @Test(
        "names in a message of libpq are not taken for its words",
        arguments: ["postgres-service", "password.example", "invalid", "SSL", "certificate.example"])
    func names(host: String) {
        let refused = PostgresFailure.connecting(
            "connection to server at \"\(host)\" (10.0.0.1), port 5432 failed: Connection refused\n\tIs it running?",
            place: "p")
        #expect(refused.kind == .lost && refused.error.message.contains("cannot be reached"))
        let unknown = PostgresFailure.connecting(
            "could not translate host name \"\(host)\" to address: Name or service not known", place: "p")
        #expect(unknown.kind == .permanent && unknown.error.message.contains("cannot be resolved"))
    }
}
