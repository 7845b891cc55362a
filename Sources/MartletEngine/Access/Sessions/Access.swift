import MartletCore
import MartletStore

/// Who is let in: logins, sessions, tokens and API keys of an installation.
public struct Access: Sendable {
    let store: Store
    let settings: TokenSettings
    let passwords: PasswordWorker
    let signing: SigningKeys
    let ring: SecretKeyRing

    /// Access to a store.
    ///
    /// - Parameter ring: The installation's keys, with which signing keys are sealed.
    public init(store: Store, ring: SecretKeyRing, settings: TokenSettings = TokenSettings()) throws {
        self.store = store
        self.settings = settings
        self.ring = ring
        passwords = try PasswordWorker()
        signing = SigningKeys(store: store, ring: ring, settings: settings)
    }

    var dispatch: any Database { store.database.scoped(to: .dispatch) }

    /// What has to be there before anybody can come: ids of tenants, a signing key. Gives why signing keys could not be
    /// opened, for the log.
    public func prepare() async throws -> [MartletError] {
        try await dispatch.write { try TenantRecords.identifyAll($0) }
        _ = try await signing.codec()
        return await signing.refusals
    }

    /// The caller of a request with an access token, and the session that the token is of.
    ///
    /// - Throws: ``MartletError`` `unauthenticated` when it does not hold.
    public func caller(
        token: String, address: String?, requestID: String? = nil
    ) async throws -> (caller: Caller, credential: Caller.Credential) {
        let claims = try await signing.decode(token)
        guard claims.kind == .access else { throw MartletError.wrongToken }
        let leeway = settings.leeway
        let caller = try await dispatch.readRetrying { connection -> Caller? in
            let now = Timestamp(milliseconds: try connection.now())
            guard claims.holds(at: now, leeway: leeway),
                let member = try TenantMember.find(user: claims.user, tenantUID: claims.tenant, connection),
                member.epoch == claims.epoch
            else { return nil }
            try connection.enter(.tenant(member.tenant))
            let family = try RefreshFamilyRecords.family(claims.family, tenant: member.tenant, connection)
            guard let family, family.user == claims.user, family.revokedAt == nil else { return nil }
            return try Caller.find(member, key: nil, address: address, requestID: requestID, connection)
        }
        guard let caller else { throw MartletError.wrongToken }
        return (caller, .session(claims.family))
    }

    /// The caller of a request with an API key.
    ///
    /// - Throws: ``MartletError`` `unauthenticated` when it does not hold.
    public func caller(
        apiKey text: String, address: String?, requestID: String? = nil
    ) async throws -> (caller: Caller, credential: Caller.Credential) {
        guard let shown = APIKeyText(text) else { throw MartletError.wrongKey }
        let found = try await dispatch.readRetrying { connection -> (caller: Caller, key: APIKeyRow, now: Int64)? in
            guard let place = try APIKeyRecords.find(prefix: shown.prefix, connection) else { return nil }
            try connection.enter(.tenant(place.tenant))
            guard let key = try APIKeyRecords.key(place.id, tenant: place.tenant, connection),
                let secret = try APIKeyRecords.secret(of: place.id, tenant: place.tenant, connection),
                SecretHash.areEqual(secret, shown.hash)
            else { return nil }
            let now = try connection.now()
            guard key.revokedAt == nil, now < key.expiresAt.milliseconds else { return nil }
            try connection.enter(.dispatch)
            guard let member = try TenantMember.find(user: key.user, tenant: place.tenant, connection) else {
                return nil
            }
            try connection.enter(.tenant(place.tenant))
            let caller = try Caller.find(member, key: key, address: address, requestID: requestID, connection)
            return caller.map { ($0, key, now) }
        }
        guard let (caller, key, now) = found else { throw MartletError.wrongKey }
        if now - (key.lastUsedAt?.milliseconds ?? 0) > APIKeyRecords.usePrecision {
            // That the use is not remembered is no reason to refuse it.
            try? await store.of(tenant: caller.tenant).database.write {
                try APIKeyRecords.used(key.id, tenant: caller.tenant, $0)
            }
        }
        return (caller, .apiKey(key.id))
    }
}
