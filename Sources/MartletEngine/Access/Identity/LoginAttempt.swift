import CSodium
import MartletCore

/// What Martlet must remember between sending a browser to the provider and its return: sealed, and carried by the browser
/// in `state`. A cookie binds it to the browser.
struct LoginAttempt: Sendable, Hashable {
    /// Comes back in the ID token.
    var nonce: String
    /// The secret half of PKCE (RFC 7636).
    var verifier: String
    /// What the cookie has.
    var browser: String
    /// When it began, in milliseconds.
    var begunAt: Int64
    /// An invitation to be accepted; may be empty.
    var invitation: String

    /// How long a login at the provider may take, in milliseconds: 10 minutes.
    static let lifetime: Int64 = 600_000
    private static let label = SecretLabel(tenant: 0, name: "login", kind: "state")

    static func begin(at time: Timestamp, invitation: String) -> LoginAttempt {
        LoginAttempt(
            nonce: RandomText.make(32), verifier: RandomText.make(64), browser: RandomText.make(32),
            begunAt: time.milliseconds, invitation: invitation)
    }

    /// The public half of PKCE, by SHA-256.
    var challenge: String {
        let bytes = Array(verifier.utf8)
        var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_bytes()))
        _ = crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
        return Base64URL.encode(hash)
    }

    /// The `state`.
    func sealed(with keys: SecretKeyRing) throws -> String {
        var json = JSONWriter()
        json.beginArray()
        for text in [nonce, verifier, browser, invitation] { json.string(text) }
        json.int(begunAt)
        json.endArray()
        let bytes = json.bytes
        let secret = try SecretBytes(count: bytes.count) { $0.copyBytes(from: bytes) }
        return Base64URL.encode(try SealedSecret.seal(secret, as: Self.label, with: keys.first).bytes)
    }

    /// Takes a `state` that comes back; nil for one that this installation did not make, that is too old, or that belongs
    /// to another browser.
    init?(state: String, browser: String, keys: SecretKeyRing, now: Timestamp) {
        guard state.utf8.count <= 4096, let bytes = Base64URL.decode(state),
            let opened = try? SealedSecret(bytes: bytes).open(as: Self.label, with: keys),
            let json = opened.withUnsafeBytes({ try? JSONValue.parse($0, limit: 4096) }),
            let texts = json.arrayValue?.prefix(4).compactMap(\.stringValue), texts.count == 4,
            let begunAt = json[4]?.intValue,
            SecretHash.areEqual(Array(texts[2].utf8), Array(browser.utf8)),
            (0...Self.lifetime).contains(now.milliseconds - begunAt)
        else { return nil }
        self.init(
            nonce: texts[0], verifier: texts[1], browser: texts[2], begunAt: begunAt, invitation: texts[3])
    }

    private init(nonce: String, verifier: String, browser: String, begunAt: Int64, invitation: String) {
        self.nonce = nonce
        self.verifier = verifier
        self.browser = browser
        self.begunAt = begunAt
        self.invitation = invitation
    }
}
