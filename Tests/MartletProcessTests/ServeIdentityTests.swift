import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// Logging in at an identity provider, and TLS, with the server as a process.
@Suite(.timeLimit(.minutes(20)))
struct ServeIdentityTests {
    @Test(arguments: QueuePlace.allCases)
    func aUserLogsInAtTheProviderOfTheConfigurationFile(place: QueuePlace) async throws {
        try await place.with { processes in
            var store = processes.store
            let provider = try TestIdentityProvider.start(in: store.folder.path("."))
            defer { provider.stop() }
            let secret = try store.folder.write(TestIdentityProvider.clientSecret + "\n", "client-secret")
            store.environment["MARTLET_CONFIG"] = try store.folder.write(
                """
                oidc-issuer: \(provider.issuer)
                oidc-client-id: \(TestIdentityProvider.clientID)
                oidc-client-secret-file: \(secret)
                oidc-allow-private: true
                oidc-users: email
                oidc-scope: [email, profile]
                public-url: http://localhost:8080

                """, "martlet.yaml")
            store.environment["MARTLET_SECRET_KEY"] = try store.succeed(["secret", "key"])
            try ServerProcess.addOwner(store)
            let shown = try store.succeed(["config", "show"])
            #expect(shown.contains(provider.issuer) && shown.contains(secret) && shown.contains("email,profile"))
            #expect(!shown.contains(TestIdentityProvider.clientSecret))

            let server = try ServerProcess(store, workers: 0)
            let begun = try server.ask("GET", "/tokens/oidc")
            #expect(begun.status == 302, "\(begun.text)")
            let cookie = try #require(begun.header("Set-Cookie"))
            #expect(!cookie.contains("Secure"), "browsers come by plain HTTP here")
            let back = try await provider.logIn(at: try #require(begun.header("Location")))
            let path = String(back.target.dropFirst("/api/v1".count))
            let cookies = ["Cookie": String(cookie.prefix { $0 != ";" })]
            let done = try server.ask("GET", path, headers: cookies)
            #expect(done.status == 200, "\(done.text)")
            let token = try #require(done.attribute("access") as? String)
            let me = try server.ask("GET", "/users/me", headers: ["Authorization": "Bearer \(token)"])
            #expect(me.attribute("email") as? String == ServerProcess.email)
            #expect(try server.ask("GET", path, headers: cookies).status == 401, "the code was used")

            provider.stop()
            let visit = try server.ask("GET", "/tokens/oidc")
            #expect(visit.status == 302, "the document is known")
            server.process.send(SIGTERM)
            let result = try server.process.wait()
            #expect(result.code == 0)
            for hidden in [
                TestIdentityProvider.clientSecret, token, back.query["code"] ?? "-", back.query["state"] ?? "-",
                String(cookies["Cookie"]?.suffix(32) ?? "-"),
            ] { #expect(!result.errors.contains(hidden) && !result.output.contains(hidden)) }
        }
    }

    @Test func whatCannotBeIsSaidAtTheStart() throws {
        let folder = try Folder()
        let store = TestStore(folder: folder)
        let empty = try folder.write("\n", "empty")
        let issuer = ["--oidc-issuer", "https://id.example.com"]
        let client = issuer + ["--oidc-client-id", "martlet"]
        let whole = client + ["--public-url", "https://martlet.example.com"]
        for (arguments, part) in [
            (["--oidc-client-id", "martlet"], "--oidc-issuer"), (issuer, "--oidc-client-id"), (client, "--public-url"),
            (["--oidc-issuer", "http://id.example.com"] + whole.dropFirst(2), "https"),
            (["--oidc-issuer", "http://id.example.com", "--oidc-allow-private"] + whole.dropFirst(2), "https"),
            (whole + ["--oidc-redirect-url", "ftp://x"], "redirect"),
            (whole + ["--oidc-client-secret-file", folder.path("none")], "none"),
            (whole + ["--oidc-client-secret-file", empty], "no secret"), (whole + ["--oidc-users", "all"], "invited"),
            (whole + ["--oidc-ca-file", folder.path("none")], "--oidc-ca-file"),
            (whole + ["--oidc-join-role", "admin"], "--oidc-join-domain"),
            (whole + ["--oidc-join-domain", "anna@example.com"], "--oidc-join-domain"),
            (whole + ["--oidc-scope", "e mail"], "--oidc-scope"),
        ] {
            let result = try store.run(["serve", "--listen", "127.0.0.1:0"] + arguments)
            #expect(result.code != 0 && result.errors.contains(part), "\(arguments): \(result.errors)")
        }
    }

    @Test func theServerSpeaksTLS() async throws {
        let folder = try Folder()
        let store = TestStore(folder: folder)
        let openssl = OpenSSL(in: folder.path("."))
        try openssl.makeCertificate("server", for: "localhost")
        let server = try ServerProcess(
            store, workers: 0,
            ["--tls-certificate", openssl.path("server.pem"), "--tls-key", openssl.path("server.key")])
        #expect(try server.process.outputSoFar.contains("https://127.0.0.1:"))
        let port = server.port
        let page = try await RawClient.run {
            try Command.run(
                "openssl",
                [
                    "s_client", "-connect", "localhost:\(port)", "-CAfile", "server.pem", "-verify_return_error",
                    "-brief",
                ], in: openssl.folder)
        }
        #expect(page.contains("TLSv1.3") && page.contains("Verification: OK"), "\(page)")
        #expect(throws: (any Error).self) { try server.ask("GET", "/health/live") }
        server.process.send(SIGTERM)
        #expect(try server.process.wait().code == 0)
    }
}
