import MartletCore

/// Tokens as texts: JSON Web Tokens (RFC 7519) in the compact form of RFC 7515, signed with Ed25519 (`EdDSA`, RFC 8037).
struct TokenCodec: Sendable {
    /// The keys that are known; the first one signs.
    let keys: [SigningKey]

    /// The longest token that is looked at, in bytes.
    static let sizeLimit = 4096
    /// The one algorithm that is taken, whatever a token's header says.
    private static let algorithm = "EdDSA"

    /// Why a token was refused, for whoever can do something about it.
    enum Refusal: Error, Sendable, Hashable {
        /// It is no token of ours, or was changed.
        case invalid
        /// A key signed it that is not known (yet).
        case unknownKey
    }

    /// The token of some claims; nil without a key.
    func encode(_ claims: TokenClaims) -> String? {
        guard let key = keys.first else { return nil }
        let header = #"{"alg":"\#(Self.algorithm)","kid":"\#(key.id)","typ":"JWT"}"#
        let signed = Base64URL.encode(header.utf8) + "." + Base64URL.encode(claims.json.utf8)
        return signed + "." + Base64URL.encode(key.sign(Array(signed.utf8)))
    }

    /// The claims of a token whose signature is right. Whether they hold now is another question.
    func decode(_ token: String) throws(Refusal) -> TokenClaims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= Self.sizeLimit, parts.count == 3,
            let header = Self.json(parts[0]), header["alg"]?.stringValue == Self.algorithm, header["crit"] == nil,
            let kid = header["kid"]?.stringValue, let signature = Base64URL.decode(parts[2])
        else { throw .invalid }
        guard let key = keys.first(where: { $0.id == kid }) else { throw .unknownKey }
        let signed = Array(parts[0].utf8) + [UInt8(ascii: ".")] + Array(parts[1].utf8)
        guard key.verifies(signature, of: signed), let claims = Self.json(parts[1]).flatMap(TokenClaims.init) else {
            throw .invalid
        }
        return claims
    }

    private static func json(_ part: Substring) -> JSONValue? {
        Base64URL.decode(part).flatMap { try? JSONValue.parse($0, limit: sizeLimit) }
    }
}
