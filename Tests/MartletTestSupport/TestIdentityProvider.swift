import Foundation
import MartletCore
import MartletLoopback
import Synchronization

/// An OpenID provider over real sockets: discovery, keys, a page to log in at, and a token endpoint that checks the client, PKCE
/// and that a code comes once. Keys and hashes are made by `openssl`. It can be told to misbehave.
public final class TestIdentityProvider: Sendable {
    /// How it answers.
    public struct Behaviour: Sendable {
        /// Claims in the place of its own, by name; null leaves one out.
        public var claims: [String: JSONValue] = [:]
        /// What the ID token's header says: `RS256`, `HS256` (signed with the public key as the secret) or `none`.
        public var algorithm = "RS256"
        /// The key that the header names.
        public var keyID = "key-1"
        /// Whether another key signs than the published one.
        public var signsWithOtherKey = false
        /// What it says who it is, in its document.
        public var issuer: String?
        /// Answers by path, in the place of its own.
        public var answers: [String: LoopbackAnswer] = [:]
        /// Whether it takes the same code again.
        public var takesCodesAgain = false

        /// As it should.
        public init() {}
    }

    /// What comes back to the client by way of the browser.
    public struct Return: Sendable {
        /// Path and query of the redirect URL.
        public var target: String
        /// The query's parameters.
        public var query: [String: String]
    }

    struct Grant {
        var challenge: String
        var nonce: String
        var redirect: String
    }

    struct State {
        var behaviour = Behaviour()
        var grants: [String: Grant] = [:]
        var issuer = ""
    }

    /// Martlet's id.
    public static let clientID = "martlet & co"
    /// Martlet's secret.
    public static let clientSecret = "s3cret+/=&%"

    let state = Mutex(State())
    let openssl: OpenSSL
    private let listener: Mutex<LoopbackServer?>
    /// Its issuer, `http://127.0.0.1:PORT`.
    public let issuer: String

    /// Begins to listen, with keys in a folder of the caller's.
    public static func start(in folder: String) throws -> TestIdentityProvider {
        let openssl = OpenSSL(in: folder)
        for name in ["published", "other"] {
            try openssl.run("genrsa", "-out", name + ".key", "2048")
            try openssl.run("rsa", "-in", name + ".key", "-pubout", "-out", name + ".pub")
        }
        return try TestIdentityProvider(openssl)
    }

    private init(_ openssl: OpenSSL) throws {
        self.openssl = openssl
        let box = Box()
        let server = try LoopbackServer { request in
            box.provider?.answer(request) ?? .json("{}", status: 503)
        }
        issuer = server.url
        listener = Mutex(server)
        state.withLock { $0.issuer = server.url }
        box.provider = self
    }

    /// Its port of 127.0.0.1.
    public var port: UInt16 { UInt16(issuer.split(separator: ":").last ?? "") ?? 0 }

    /// Ends all connections; nobody answers any more.
    public func stop() { listener.withLock { $0?.stop() } }

    /// Changes how it answers.
    public func behave(_ change: (inout Behaviour) -> Void) {
        state.withLock { state in
            state.behaviour = Behaviour()
            change(&state.behaviour)
        }
    }

    /// Logs a user in as a browser does that was sent to `url`, and gives where it is sent back to.
    public func logIn(at url: String) async throws -> Return {
        guard let parts = URLComponents(string: url), let port = parts.port.flatMap({ UInt16(exactly: $0) }) else {
            throw MartletError(.usage, "\(url) is no URL of the provider's")
        }
        let target = parts.percentEncodedPath + "?" + (parts.percentEncodedQuery ?? "")
        let answer = try await RawClient.send("GET \(target) HTTP/1.1\r\nHost: provider\r\n\r\n", port: port)
        guard answer.status == 302, let location = answer["Location"], let back = URLComponents(string: location) else {
            throw MartletError(.usage, "the provider refuses \(url): \(answer.status) \(answer.text)")
        }
        let query = back.percentEncodedQuery ?? ""
        return Return(target: back.percentEncodedPath + "?" + query, query: Self.fields(query))
    }

    /// Breaks the circle between the server's function and this object.
    private final class Box: Sendable {
        private let place = Mutex(Weak())

        var provider: TestIdentityProvider? {
            get { place.withLock { $0.value } }
            set { place.withLock { $0.value = newValue } }
        }
    }

    private struct Weak: Sendable {
        weak var value: TestIdentityProvider?
    }

    /// Fields of a form or query.
    static func fields(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? parts[1].replacing("+", with: " ") : ""
            fields[String(parts[0])] = String(value).removingPercentEncoding ?? ""
        }
        return fields
    }
}
