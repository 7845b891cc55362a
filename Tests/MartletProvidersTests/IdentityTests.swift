import Foundation
import MartletCore
import MartletHTTPClient
import MartletLoopback
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletProviders

/// Who the scanner is, on the wire.
@Suite struct IdentityTests {
    private static let tenant = "11111111-1111-1111-1111-111111111111"
    private static let client = "22222222-2222-2222-2222-222222222222"

    /// A server that gives tokens and remembers what it was asked.
    private func serve(
        _ answer: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer
    ) throws -> (LoopbackServer, AzureAddresses, Requests) {
        let requests = Requests()
        let server = try LoopbackServer { request in
            requests.add(request)
            return answer(request)
        }
        let map = try EndpointMap(json: Array(#"{"*":"\#(server.url)/{host}"}"#.utf8), file: "map.json")
        return (server, AzureAddresses(map: map), requests)
    }

    private func token(
        _ credential: AzureCredential, _ addresses: AzureAddresses, audience: String = "https://graph.microsoft.com",
        environment: [String: String] = [:]
    ) async throws -> String {
        let source = try credential.source(addresses, http: try HTTPClient(), environment: environment)
        return try await source.token(for: audience).text
    }

    @Test func aClientSecretIsSentToTheTenantsEndpoint() async throws {
        let (server, addresses, requests) = try serve { _ in .json(#"{"access_token":"t1","expires_in":3599}"#) }
        defer { server.stop() }
        let credential = AzureCredential.clientSecret(
            tenant: Self.tenant, client: Self.client, secret: SecretText("s3/cr+t &="))
        #expect(try await token(credential, addresses) == "t1")
        let request = try #require(requests.all.first)
        #expect(request.method == "POST")
        #expect(request.target == "/login.microsoftonline.com/\(Self.tenant)/oauth2/v2.0/token")
        #expect(
            String(decoding: request.body, as: UTF8.self) == "grant_type=client_credentials&client_id=\(Self.client)"
                + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&client_secret=s3%2Fcr%2Bt%20%26%3D")
    }

    @Test func aRefusedSecretSaysSoWithoutRepeatingIt() async throws {
        let body = #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret hidden"}"#
        let (server, addresses, _) = try serve { _ in .json(body, status: 401) }
        defer { server.stop() }
        let credential = AzureCredential.clientSecret(
            tenant: Self.tenant, client: Self.client, secret: SecretText("hidden"))
        do {
            _ = try await token(credential, addresses)
            Issue.record("a token came")
        } catch let error as MartletError {
            #expect(error.code == .denied)
            #expect(error.message.contains("AADSTS7000215"))
            #expect(!"\(error) \(credential)".contains("hidden"))
        }
    }

    @Test func aCertificateSignsAnAssertionThatItsKeyVerifies() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-cert-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try openssl(
            folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days",
            "2", "-subj", "/CN=martlet")
        let pem =
            try String(contentsOf: folder.appendingPathComponent("cert.pem"), encoding: .utf8)
            + String(contentsOf: folder.appendingPathComponent("key.pem"), encoding: .utf8)
        let (server, addresses, requests) = try serve { _ in .json(#"{"access_token":"t2","expires_in":"3599"}"#) }
        defer { server.stop() }
        let credential = AzureCredential.certificate(
            tenant: Self.tenant, client: Self.client, pem: SecretText(pem))
        #expect(try await token(credential, addresses) == "t2")
        let body = String(decoding: try #require(requests.all.first).body, as: UTF8.self)
        #expect(body.contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"))
        let assertion = try #require(body.split(separator: "&").first { $0.hasPrefix("client_assertion=") }).dropFirst(
            17)
        let parts = assertion.split(separator: ".").map(String.init)
        #expect(parts.count == 3)
        let header = try JSONValue.parse(try decoded(parts[0]))
        #expect(header["alg"]?.stringValue == "RS256")
        #expect(header["x5t#S256"]?.stringValue?.count == 43)
        let claims = try JSONValue.parse(try decoded(parts[1]))
        #expect(claims["iss"]?.stringValue == Self.client)
        #expect(claims["aud"]?.stringValue == "https://login.microsoftonline.com/\(Self.tenant)/oauth2/v2.0/token")
        try Data("\(parts[0]).\(parts[1])".utf8).write(to: folder.appendingPathComponent("signed"))
        try Data(try decoded(parts[2])).write(to: folder.appendingPathComponent("signature"))
        try openssl(folder, "x509", "-in", "cert.pem", "-pubkey", "-noout", "-out", "public.pem")
        try openssl(folder, "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "signed")
    }

    @Test(arguments: ["", "no PEM", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func whatIsNoCertificateIsRefused(pem: String) throws {
        #expect(throws: MartletError.self) { try SigningCertificate(pem: SecretText(pem)) }
    }

    @Test func managedIdentitiesAskTheMachineOrAppService() async throws {
        let (server, addresses, requests) = try serve { _ in .json(#"{"access_token":"t3","expires_in":"86400"}"#) }
        defer { server.stop() }
        #expect(try await token(.managedIdentity(client: Self.client), addresses) == "t3")
        let metadata = try #require(requests.all.last)
        #expect(metadata.headers["metadata"] == "true")
        #expect(
            metadata.target == "/169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=https%3A%2F%2Fgraph.microsoft.com&client_id=\(Self.client)")
        let environment = ["IDENTITY_ENDPOINT": server.url + "/msi/token", "IDENTITY_HEADER": "proof"]
        #expect(try await token(.managedIdentity(client: nil), addresses, environment: environment) == "t3")
        let service = try #require(requests.all.last)
        #expect(service.headers["x-identity-header"] == "proof")
        #expect(
            service.target == "/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fgraph.microsoft.com")
    }

    @Test func workloadIdentityReadsItsFileAnew() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let (server, addresses, requests) = try serve { _ in .json(#"{"access_token":"t4","expires_in":3599}"#) }
        defer { server.stop() }
        let credential = AzureCredential.workloadIdentity(
            tenant: Self.tenant, client: Self.client, tokenFile: file.path)
        for text in ["first.token", "second.token"] {
            try Data((text + "\n").utf8).write(to: file)
            #expect(try await token(credential, addresses) == "t4")
            let body = String(decoding: try #require(requests.all.last).body, as: UTF8.self)
            #expect(body.hasSuffix("client_assertion=\(text)"))
        }
    }

    @Test func tokensAreAskedForOnceAndRenewedEarly() async throws {
        let count = Mutex(0)
        let source = Counting {
            count.withLock {
                $0 += 1; return $0
            }
        }
        let cache = TokenCache(source)
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.token(for: "a").text } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts == ["1"])
        #expect(try await cache.token(for: "b").text == "2")
        await cache.forget(AccessToken("other", lifetime: .seconds(1)), for: "a")
        #expect(try await cache.token(for: "a").text == "1")
        await cache.forget(try await cache.token(for: "a"), for: "a")
        #expect(try await cache.token(for: "a").text == "3")
        let token = AccessToken("x", lifetime: .seconds(3600))
        #expect(token.refreshAt < token.expiresAt)
        #expect("\(token)" == "(token)")
    }

    private struct Counting: TokenSource {
        let next: @Sendable () -> Int
        func token(for audience: String) async throws -> AccessToken {
            await Task.yield()
            return AccessToken(String(next()), lifetime: .seconds(3600))
        }
    }

    private final class Requests: Sendable {
        private let requests = Mutex<[LoopbackRequest]>([])
        var all: [LoopbackRequest] { requests.withLock { $0 } }
        func add(_ request: LoopbackRequest) { requests.withLock { $0.append(request) } }
    }

    private func decoded(_ text: String) throws -> [UInt8] {
        var base = text.replacing("-", with: "+").replacing("_", with: "/")
        while base.count % 4 != 0 { base += "=" }
        return [UInt8](try #require(Data(base64Encoded: base)))
    }

    private func openssl(_ folder: URL, _ arguments: String...) throws {
        try Command.output("openssl", arguments, in: folder.path)
    }
}
