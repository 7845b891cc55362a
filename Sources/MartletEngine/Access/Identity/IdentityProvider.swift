import CSodium
import MartletCore

/// An identity provider as Martlet speaks to it: its document and its keys are read when they are needed, and again when
/// they are old or a key is not known.
public actor IdentityProvider {
    let settings: IdentityProviderSettings
    private let transport: any IdentityTransport
    private var metadata: (value: IdentityMetadata, readAt: ContinuousClock.Instant)?
    private var keys: (value: [JSONWebKey], readAt: ContinuousClock.Instant)?

    private static let freshness = Duration.seconds(3600)
    /// How often an unknown key may make them be read again.
    private let impatience: Duration

    /// A provider; nothing is asked before somebody logs in.
    public init(_ settings: IdentityProviderSettings, transport: any IdentityTransport) {
        self.init(settings, transport: transport, impatience: .seconds(10))
    }

    init(_ settings: IdentityProviderSettings, transport: any IdentityTransport, impatience: Duration) {
        self.settings = settings
        self.transport = transport
        self.impatience = impatience
    }

    /// Where the provider sends the browser back to.
    public nonisolated var redirectURL: String { settings.redirectURL }

    /// Where the browser is sent to.
    func authorizationURL(_ attempt: LoginAttempt, state: String) async throws -> String {
        let endpoint = try await metadata().authorizationEndpoint
        let query = Self.form([
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", settings.redirectURL),
            ("scope", (["openid"] + settings.scopes).joined(separator: " ")), ("state", state),
            ("nonce", attempt.nonce), ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ])
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query
    }

    /// Who logged in, for the code that came back.
    ///
    /// - Throws: ``MartletError`` `unauthenticated` when the provider refuses the code or its token is not right, `io` when it
    ///   cannot be asked.
    func identity(code: String, _ attempt: LoginAttempt, now: Timestamp) async throws -> IdentityClaims {
        let token = try await exchange(code, attempt)
        let verifier = IDTokenVerifier(issuer: settings.issuer, clientID: settings.clientID)
        do {
            return try verifier.verify(token, keys: await keys(again: false), nonce: attempt.nonce, now: now)
        } catch IDTokenVerifier.Refusal.unknownKey {
            let keys = try await keys(again: true)
            guard let claims = try? verifier.verify(token, keys: keys, nonce: attempt.nonce, now: now) else {
                throw MartletError.wrongLogin
            }
            return claims
        } catch is IDTokenVerifier.Refusal {
            throw MartletError.wrongLogin
        }
    }

    private func exchange(_ code: String, _ attempt: LoginAttempt) async throws -> String {
        let metadata = try await metadata()
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", settings.redirectURL),
            ("code_verifier", attempt.verifier),
        ]
        var headers = [(name: "Accept", value: "application/json")]
        if let secret = settings.clientSecret {
            let text = secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            if metadata.takesBasic {
                let pair = Self.encode(settings.clientID) + ":" + Self.encode(text)
                headers.append(("Authorization", "Basic " + Self.base64(Array(pair.utf8))))
            } else {
                fields += [("client_id", settings.clientID), ("client_secret", text)]
            }
        } else {
            fields.append(("client_id", settings.clientID))
        }
        let answer = try await transport.ask(metadata.tokenEndpoint, form: Self.form(fields), headers: headers)
        guard answer.status < 500 else { throw Self.unwell(answer.status) }
        guard answer.status == 200, let json = try? JSONValue.parse(answer.body, limit: 1 << 20),
            let token = json["id_token"]?.stringValue
        else { throw MartletError.wrongLogin }
        return token
    }

    private func metadata() async throws -> IdentityMetadata {
        if let metadata, metadata.readAt.duration(to: .now) < Self.freshness { return metadata.value }
        let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
        let json = try await document(base + "/.well-known/openid-configuration")
        let value = try IdentityMetadata(json, settings: settings)
        metadata = (value, .now)
        return value
    }

    private func keys(again: Bool) async throws -> [JSONWebKey] {
        if let keys, keys.readAt.duration(to: .now) < (again ? impatience : Self.freshness) { return keys.value }
        let json = try await document(try await metadata().keysURL)
        let value = (json["keys"]?.arrayValue ?? []).prefix(100).compactMap(JSONWebKey.init)
        keys = (value, .now)
        return value
    }

    private func document(_ url: String) async throws -> JSONValue {
        let answer = try await transport.ask(url, form: nil, headers: [("Accept", "application/json")])
        guard answer.status == 200, let json = try? JSONValue.parse(answer.body, limit: 1 << 20) else {
            throw Self.unwell(answer.status)
        }
        return json
    }

    private static func unwell(_ status: Int) -> MartletError {
        MartletError(.io, "The identity provider does not answer as it should (status \(status)).")
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let variant = sodium_base64_VARIANT_ORIGINAL
        let size = sodium_base64_encoded_len(bytes.count, variant)
        var text = [CChar](repeating: 0, count: size)
        _ = sodium_bin2base64(&text, size, bytes, bytes.count, variant)
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Fields of a form or query.
    static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\(encode($0.0))=\(encode($0.1))" }.joined(separator: "&")
    }

    /// Everything but what RFC 3986 calls unreserved, percent-encoded.
    private static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}
