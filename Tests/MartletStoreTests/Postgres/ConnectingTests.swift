import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// What cannot be reached or used says why, at once, and never with a password.
@Suite("PostgreSQL: connecting", .serialized)
struct ConnectingTests {
    private static let port = Int.random(in: 20_000...60_000)
    private static let server = Result { try PostgresServer(port: port, listens: true) }

    private static func expectFailure(
        _ code: MartletError.Code, _ words: String, _ url: String, _ location: SourceLocation = #_sourceLocation
    ) async {
        // Work that may be tried again is tried for 20 s. Waiting for a thread of a busy machine may take as long, but not always.
        let clock = ContinuousClock()
        var isQuick = false
        for _ in 0..<5 where !isQuick {
            let start = clock.now
            let error = await expectError(code, location) {
                let store = try await Store.open(url: url)
                await store.close()
            }
            isQuick = clock.now - start < .seconds(19)
            #expect(error?.message.contains(words) == true, "\(error?.description ?? "")", sourceLocation: location)
            #expect(error?.description.contains("s3cret") == false, sourceLocation: location)
        }
        #expect(isQuick, sourceLocation: location)
    }

    @Test("the URL is libpq's, with two parameters of our own")
    func urls() throws {
        let settings = try PostgresSettings(
            url: "postgresql://me:s3cret@host:99/base?schema=my_schema&sslmode=require&pool=3")
        #expect(settings.place == "postgresql://me@host:99/base")
        #expect(settings.connection == "postgresql://me:s3cret@host:99/base?sslmode=require")
        #expect(settings.schema == "my_schema" && settings.maximumConnections == 3)
        #expect(settings.applicationRole == "my_schema_app" && settings.dispatchRole == "my_schema_dispatch")
        #expect(try PostgresSettings(url: "postgres://h/d").applicationRole == "martlet_app")
        #expect(try PostgresSettings(url: "postgresql://?service=s").place == "postgresql://?service=s")
    }

    @Test(
        "what is no URL is refused without repeating it",
        arguments: [
            "postgres", "postgresql:", "postgresql://h/d?nonsense=s3cret",
            "postgresql://h/d?schema=", "postgresql://h/d?schema=A", "postgresql://h/d?schema=a;b",
            "postgresql://h/d?pool=0", "postgresql://h/d?pool=x", "postgresql://u:%ZZs3cret@h/d",
            "postgresql://h/d?schema=" + String(repeating: "a", count: 49),
        ])
    func badURLs(url: String) {
        let error = #expect(throws: MartletError.self) { try PostgresSettings(url: url) }
        #expect(error?.code == .usage && error?.description.contains("s3cret") == false)
    }

    @Test("a server that is not there")
    func nobody() async {
        await Self.expectFailure(.io, "cannot be reached", "postgresql://u:s3cret@127.0.0.1:1/d")
        await Self.expectFailure(.io, "cannot be resolved", "postgresql://u:s3cret@no-such-host.invalid/d")
        await Self.expectFailure(.io, "cannot be reached", "postgresql://u:s3cret@%2Fnowhere/d")
    }

    @Test("an unknown database, a wrong password, no encryption, an unknown host")
    func refused() async throws {
        let server = try Self.server.get()
        let folder = server.folder.split(separator: "/").joined(separator: "%2F")
        let socket = "%2F\(folder):\(Self.port)"
        try server.psql(
            """
            CREATE ROLE locked LOGIN PASSWORD 'right'; CREATE ROLE poor LOGIN; CREATE ROLE reader LOGIN SUPERUSER;
            ALTER ROLE reader SET default_transaction_read_only = on
            """)
        try server.admit("local all locked scram-sha-256")
        await Self.expectFailure(.io, "does not know", "postgresql://owner@\(socket)/missing")
        await Self.expectFailure(.io, "refuses the login", "postgresql://locked:s3cret@\(socket)/postgres")
        await Self.expectFailure(.io, "does not know", "postgresql://stranger:s3cret@\(socket)/postgres")
        await Self.expectFailure(
            .io, "Encryption", "postgresql://owner:s3cret@127.0.0.1:\(Self.port)/postgres?sslmode=require")
        await Self.expectFailure(.io, "read-only", "postgresql://reader@\(socket)/postgres")
        await Self.expectFailure(.database, "lacks a right", "postgresql://poor@\(socket)/postgres")
        let store = try await Store.open(url: "postgresql://owner:s3cret@\(socket)/postgres")
        #expect(!store.url.contains("s3cret"))
        await store.close()
        // What the owner has prepared a login without the roles cannot use, and is told so.
        await Self.expectFailure(.database, "lacks a right", "postgresql://poor@\(socket)/postgres")
        await Self.expectFailure(.io, "read-only", "postgresql://reader@\(socket)/postgres?schema=other")
    }

    @Test(
        "what a server may answer has advice",
        arguments: [
            ("53100", MartletError.Code.io, "disk is full"), ("53300", .limit, "pool=N"), ("25006", .io, "read-only"),
            ("42501", .database, "lacks a right"), ("42P01", .database, "migrate"), ("57P01", .io, "ended"),
            ("40P01", .conflict, "again"), ("40001", .conflict, "again"), ("23505", .database, "rule"),
            ("XX000", .database, "refused"),
        ])
    func states(state: String, code: MartletError.Code, words: String) {
        let failure = PostgresFailure.statement(state, "m", place: "p")
        #expect(failure.error.code == code && failure.error.message.contains(words))
        #expect(failure.error.place == "p")
    }
}
