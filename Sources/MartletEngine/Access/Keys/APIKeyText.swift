import MartletCore

/// An API key as a text: `pk_` and 8 characters, by which it is found, a dot, and 52 characters that are secret.
struct APIKeyText: Sendable {
    /// The public half, such as `pk_3y54ft7v`.
    let prefix: String
    /// The secret half.
    let secret: String

    private static let mark = "pk_"
    private static let prefixLength = 8
    /// 260 bits.
    private static let secretLength = 52

    /// A new key.
    static func generate() -> APIKeyText {
        APIKeyText(prefix: mark + RandomText.make(prefixLength), secret: RandomText.make(secretLength))
    }

    private init(prefix: String, secret: String) {
        self.prefix = prefix
        self.secret = secret
    }

    /// Takes a key apart; nil for what cannot be one.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 256, parts[0].hasPrefix(Self.mark),
            parts[0].utf8.count == Self.mark.utf8.count + Self.prefixLength, !parts[1].isEmpty,
            text.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        self.init(prefix: String(parts[0]), secret: String(parts[1]))
    }

    /// The whole text, which is shown once.
    var text: String { prefix + "." + secret }
    /// What is kept of the secret half.
    var hash: [UInt8] { SecretHash.of(secret, for: "API key") }
}
