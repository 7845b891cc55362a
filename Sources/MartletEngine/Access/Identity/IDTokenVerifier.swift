import MartletCore

/// Checks ID tokens (OpenID Connect Core 1.0, section 3.1.3.7). A function of its inputs alone.
struct IDTokenVerifier: Sendable {
    let issuer: String
    let clientID: String
    /// How far clocks may be apart, in milliseconds.
    var leeway: Int64 = 60_000

    /// Why a token is refused.
    enum Refusal: Error, Sendable, Hashable {
        /// It is none, its signature is wrong, or it says something else than it must.
        case invalid
        /// A key signed it that is not among those given.
        case unknownKey
    }

    /// Who the token is about.
    ///
    /// - Parameters:
    ///   - nonce: What Martlet sent along when it asked.
    ///   - now: The time of the database.
    func verify(
        _ token: String, keys: [JSONWebKey], nonce: String, now: Timestamp
    ) throws(Refusal) -> IdentityClaims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= 32 << 10, parts.count == 3, let header = Self.json(parts[0]), header["crit"] == nil,
            let algorithm = header["alg"]?.stringValue.flatMap(JSONWebKey.Algorithm.init),
            let signature = Base64URL.decode(parts[2]), let claims = Self.json(parts[1])
        else { throw .invalid }
        // Without a name every key of the algorithm may be meant.
        let kid = header["kid"]?.stringValue
        let candidates = keys.filter { $0.algorithm == algorithm && (kid == nil || $0.id == kid) }
        guard !candidates.isEmpty else { throw .unknownKey }
        let signed = Array(parts[0].utf8) + [UInt8(ascii: ".")] + Array(parts[1].utf8)
        guard candidates.contains(where: { $0.verifies(signature, of: signed) }) else { throw .invalid }
        return try read(claims, nonce: nonce, now: now)
    }

    private func read(_ claims: JSONValue, nonce: String, now: Timestamp) throws(Refusal) -> IdentityClaims {
        let audiences =
            claims["aud"]?.arrayValue?.compactMap(\.stringValue) ?? [claims["aud"]?.stringValue].compactMap { $0 }
        let party = claims["azp"]?.stringValue
        guard claims["iss"]?.stringValue == issuer, audiences.contains(clientID),
            party == nil ? audiences.count == 1 : party == clientID,
            claims["nonce"]?.stringValue == nonce,
            let subject = claims["sub"]?.stringValue, (1...255).contains(subject.utf8.count),
            let expires = Self.time(claims["exp"]), let issued = Self.time(claims["iat"]),
            now.milliseconds < expires + leeway, issued - leeway <= now.milliseconds,
            Self.time(claims["nbf"] ?? .int(0)).map({ $0 - leeway <= now.milliseconds }) ?? false
        else { throw .invalid }
        let email = claims["email"]?.stringValue.flatMap { EmailAddress.normalised($0) }
        return IdentityClaims(
            issuer: issuer, subject: subject,
            verifiedEmail: claims["email_verified"] == .bool(true) ? email : nil,
            name: claims["name"]?.stringValue)
    }

    private static func json(_ part: Substring) -> JSONValue? {
        Base64URL.decode(part).flatMap { try? JSONValue.parse($0, limit: 32 << 10) }
    }

    /// In milliseconds.
    private static func time(_ value: JSONValue?) -> Int64? {
        guard let seconds = value?.intValue, (0...253_402_300_799).contains(seconds) else { return nil }
        return seconds * 1000
    }
}
