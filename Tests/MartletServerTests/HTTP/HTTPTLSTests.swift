import MartletCore
import MartletHTTPClient
import MartletHTTPServer
import MartletTestSupport
import Synchronization
import Testing

/// TLS in the process, with certificates that the test makes.
@Suite struct HTTPTLSTests {
    /// A server with a certificate for `localhost` in a folder, and how many requests have reached its handler.
    private static func with(
        _ body: (_ port: UInt16, _ openssl: OpenSSL, _ count: @escaping @Sendable () -> Int) async throws -> Void
    ) async throws {
        let folder = try TemporaryPlace()
        let openssl = OpenSSL(in: folder.path)
        try openssl.makeCertificate("server", for: "localhost")
        let tls = try certificate("server", openssl)
        let requests = Mutex(0)
        let count: @Sendable () -> Int = { requests.withLock { $0 } }
        let handler: HTTPServer.Handler = { request in
            requests.withLock { $0 += 1 }
            return HTTPServerTests.text(request.isSecure ? "secure" : "plain")
        }
        try await HTTPServerTests.with({ $0.tls = tls }, handler: handler) { port, _ in
            try await body(port, openssl, count)
        }
        withExtendedLifetime(folder) {}
    }

    private static func certificate(
        _ name: String, _ openssl: OpenSSL
    ) throws -> HTTPServerConfiguration.TLS {
        func text(_ file: String) throws -> String {
            String(decoding: try openssl.run("enc", "-in", file), as: UTF8.self)
        }
        return HTTPServerConfiguration.TLS(certificate: try text(name + ".pem"), key: try text(name + ".key"))
    }

    private static func client(trusting authorities: String?) throws -> HTTPClient {
        var settings = HTTPClientSettings()
        settings.proxy = ""
        settings.certificateAuthorities = authorities
        return try HTTPClient(settings)
    }

    @Test func ourClientSpeaksToItAndKnowsWhomToTrust() async throws {
        try await Self.with { port, openssl, _ in
            let request = MartletHTTPClient.HTTPRequest("GET", "https://localhost:\(port)/")
            let client = try Self.client(trusting: openssl.path("server.pem"))
            for _ in 0..<3 {
                let answer = try await client.send(request)
                #expect(answer.status == 200 && String(decoding: answer.body, as: UTF8.self) == "secure")
            }
            // Authorities of the system do not know it, and its name is not that of the address.
            await #expect { try await Self.client(trusting: nil).send(request) } throws: {
                ($0 as? HTTPFailure)?.kind == .untrusted
            }
            let other = MartletHTTPClient.HTTPRequest("GET", "https://127.0.0.1:\(port)/")
            await #expect { try await client.send(other) } throws: { ($0 as? HTTPFailure)?.kind == .untrusted }
        }
    }

    @Test func plainHTTPIsRefused() async throws {
        try await Self.with { port, _, count in
            let bytes = try await RawClient.run {
                let client = try RawClient(port: port)
                try client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                return try client.readToEnd()
            }
            #expect(!bytes.starts(with: Array("HTTP/".utf8)))
            let client = try Self.client(trusting: nil)
            await #expect(throws: HTTPFailure.self) {
                try await client.send(MartletHTTPClient.HTTPRequest("GET", "http://localhost:\(port)/"))
            }
            #expect(count() == 0)
        }
    }

    @Test(arguments: [("-tls1_2", true), ("-tls1_3", true), ("-tls1_1", false), ("-tls1", false)])
    func oldVersionsAreRefused(version: String, isTaken: Bool) async throws {
        try await Self.with { port, openssl, _ in
            // Without its own rules the client would not even offer the old ones.
            let arguments = [
                "s_client", "-connect", "localhost:\(port)", "-servername", "localhost", version, "-cipher",
                "ALL:@SECLEVEL=0", "-CAfile", "server.pem", "-verify_return_error", "-msg",
            ]
            let result = try await RawClient.run {
                Result { try Command.run("openssl", arguments, in: openssl.folder) }
            }
            switch result {
            case .success(let text): #expect(isTaken, "\(version) was taken: \(text.suffix(1500))")
            // The client has offered it and got no answer but the end.
            case .failure(let error):
                #expect(!isTaken && "\(error)".contains("ClientHello"), "\(version): \(error)")
                #expect(!"\(error)".contains("ServerHello"), "\(version): \(error)")
            }
        }
    }

    @Test("a new certificate is shown to new connections, and a pair that is none changes nothing")
    func renewal() async throws {
        let folder = try TemporaryPlace()
        let openssl = OpenSSL(in: folder.path)
        for name in ["first", "second"] { try openssl.makeCertificate(name, for: "localhost") }
        let first = try Self.certificate("first", openssl)
        let second = try Self.certificate("second", openssl)
        try await HTTPServerTests.with({ $0.tls = first }, handler: HTTPServerTests.echo) { port, server in
            let request = MartletHTTPClient.HTTPRequest("GET", "https://localhost:\(port)/")
            let open = try Self.client(trusting: openssl.path("first.pem"))
            _ = try await open.send(request)
            try server.renew(second)
            // The connection that is open goes on; its client would not trust another.
            #expect(try await open.send(request).status == 200)
            try await Self.expect("second", not: "first", request, openssl)
            let wrong = [
                HTTPServerConfiguration.TLS(certificate: first.certificate, key: second.key),
                HTTPServerConfiguration.TLS(certificate: "none", key: first.key),
                HTTPServerConfiguration.TLS(certificate: first.certificate, key: ""),
            ]
            for pair in wrong {
                let error = #expect(throws: MartletError.self) { try server.renew(pair) }
                #expect(error?.code == .invalidInput)
            }
            try await Self.expect("second", not: "first", request, openssl)
        }
        withExtendedLifetime(folder) {}
    }

    /// New connections are shown the one certificate and not the other.
    private static func expect(
        _ shown: String, not other: String, _ request: MartletHTTPClient.HTTPRequest, _ openssl: OpenSSL
    ) async throws {
        #expect(try await client(trusting: openssl.path(shown + ".pem")).send(request).status == 200)
        let stranger = try client(trusting: openssl.path(other + ".pem"))
        await #expect { try await stranger.send(request) } throws: { ($0 as? HTTPFailure)?.kind == .untrusted }
    }

    @Test func aKeyOfAnotherCertificateIsRefusedAtTheStart() async throws {
        try await Self.with { _, openssl, _ in
            try openssl.makeCertificate("other", for: "localhost")
            var tls = try Self.certificate("server", openssl)
            tls.key = try Self.certificate("other", openssl).key
            let wrong = tls
            await #expect(throws: (any Error).self) {
                try await HTTPServerTests.with({ $0.tls = wrong }, handler: HTTPServerTests.echo) { _, _ in }
            }
        }
    }
}
