import MartletCore
import MartletStore

/// Makes tokens of a session, inside a transaction of the tenant.
struct TokenIssuer: Sendable {
    let codec: TokenCodec
    let settings: TokenSettings

    /// Begins a session, and writes the audit log.
    func begin(
        user: String, epoch: Int64, in tenant: TenantRow, actor: Actor, _ connection: any Connection
    ) throws -> TokenPair {
        let now = Timestamp(milliseconds: try connection.now())
        let family = try RefreshFamilyRecords.begin(
            user: user, expiresAt: expiry(of: .refresh, now), tenant: tenant.number, connection)
        try AuditRecords.append(
            AuditEntry("create", "tokens", family.id, by: actor), tenant: tenant.number, connection)
        return try pair(user: user, epoch: epoch, tenant: tenant.uid, family: family.id, sequence: 1, now: now)
    }

    /// The next pair of a session.
    func pair(
        user: String, epoch: Int64, tenant: String, family: String, sequence: Int64, now: Timestamp
    ) throws -> TokenPair {
        func token(_ kind: TokenClaims.Kind) -> String? {
            codec.encode(
                TokenClaims(
                    kind: kind, user: user, tenant: tenant, family: family, sequence: sequence, epoch: epoch,
                    id: RandomText.make(26), issuedAt: now, expiresAt: expiry(of: kind, now)))
        }
        guard let access = token(.access), let refresh = token(.refresh) else {
            throw MartletError(.secretKeyMissing, "There is no key that could sign a token.")
        }
        return TokenPair(session: family, access: access, refresh: refresh)
    }

    func expiry(of kind: TokenClaims.Kind, _ now: Timestamp) -> Timestamp {
        let lifetime = kind == .access ? settings.accessLifetime : settings.refreshLifetime
        return Timestamp(milliseconds: now.milliseconds + lifetime)
    }
}
