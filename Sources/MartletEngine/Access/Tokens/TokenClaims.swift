import MartletCore

/// What a token says. The names are those that clients of Prowler know, and a few more.
struct TokenClaims: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable { case access, refresh }

    static let issuer = "martlet"

    var kind: Kind
    /// The id of the user.
    var user: String
    /// The id of the tenant.
    var tenant: String
    /// The session that it belongs to.
    var family: String
    /// The number in the session, of a refresh token.
    var sequence: Int64
    /// The user's epoch.
    var epoch: Int64
    /// Makes every token another one.
    var id: String
    var issuedAt: Timestamp
    var expiresAt: Timestamp

    /// The claims as JSON; times are whole seconds (RFC 7519, section 2).
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("iss", Self.issuer)
        writer.field("typ", kind.rawValue)
        writer.field("sub", user)
        writer.field("tenant_id", tenant)
        writer.field("fam", family)
        writer.field("seq", sequence)
        writer.field("epoch", epoch)
        writer.field("jti", id)
        writer.field("iat", issuedAt.milliseconds / 1000)
        writer.field("nbf", issuedAt.milliseconds / 1000)
        writer.field("exp", expiresAt.milliseconds / 1000)
        writer.endObject()
        return writer.text
    }

    /// Reads claims of a token whose signature has been checked; nil where one is missing or of another type.
    init?(json: JSONValue) {
        guard json["iss"]?.stringValue == Self.issuer, let kind = json["typ"]?.stringValue.flatMap(Kind.init),
            let user = json["sub"]?.stringValue, let tenant = json["tenant_id"]?.stringValue,
            let family = json["fam"]?.stringValue, let sequence = json["seq"]?.intValue,
            let epoch = json["epoch"]?.intValue, let id = json["jti"]?.stringValue,
            let issued = Self.time(json["iat"]), let begin = Self.time(json["nbf"]),
            let expires = Self.time(json["exp"]), begin == issued
        else { return nil }
        self.init(
            kind: kind, user: user, tenant: tenant, family: family, sequence: sequence, epoch: epoch, id: id,
            issuedAt: issued, expiresAt: expires)
    }

    init(
        kind: Kind, user: String, tenant: String, family: String, sequence: Int64, epoch: Int64, id: String,
        issuedAt: Timestamp, expiresAt: Timestamp
    ) {
        self.kind = kind
        self.user = user
        self.tenant = tenant
        self.family = family
        self.sequence = sequence
        self.epoch = epoch
        self.id = id
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    /// Whether the token holds at a moment.
    func holds(at now: Timestamp, leeway: Int64) -> Bool {
        issuedAt.milliseconds - leeway <= now.milliseconds && now.milliseconds < expiresAt.milliseconds + leeway
    }

    private static func time(_ value: JSONValue?) -> Timestamp? {
        guard let seconds = value?.intValue, (0...253_402_300_799).contains(seconds) else { return nil }
        return Timestamp(milliseconds: seconds * 1000)
    }
}
