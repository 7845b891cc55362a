import MartletCore
import MartletStore

extension Access {
    /// Gives a new pair for a refresh token, which does not hold any more afterwards. One that comes a second time ends
    /// its session: whoever stole it and whoever owns it must log in again.
    ///
    /// - Throws: ``MartletError`` `unauthenticated` when it does not hold.
    public func refresh(_ token: String, address: String?, requestID: String? = nil) async throws -> TokenPair {
        let claims = try await signing.decode(token)
        guard claims.kind == .refresh else { throw MartletError.wrongToken }
        let issuer = TokenIssuer(codec: try await signing.codec(), settings: settings)
        let pair = try await dispatch.write { connection -> TokenPair? in
            let now = Timestamp(milliseconds: try connection.now())
            guard claims.holds(at: now, leeway: issuer.settings.leeway),
                let member = try TenantMember.find(user: claims.user, tenantUID: claims.tenant, connection),
                member.user.isActive, member.epoch == claims.epoch, !member.isInRemoval
            else { return nil }
            let tenant = member.tenant
            try connection.enter(.tenant(tenant))
            let family = try RefreshFamilyRecords.family(claims.family, locks: true, tenant: tenant, connection)
            switch RefreshDecision(claims, family: family, now: now, leeway: issuer.settings.leeway) {
            case .advance(let sequence):
                try RefreshFamilyRecords.advance(
                    claims.family, to: sequence, expiresAt: issuer.expiry(of: .refresh, now), tenant: tenant, connection
                )
                return try issuer.pair(
                    user: claims.user, epoch: claims.epoch, tenant: claims.tenant, family: claims.family,
                    sequence: sequence, now: now)
            case .endSession:
                try RefreshFamilyRecords.revoke(claims.family, reason: "reuse", tenant: tenant, connection)
                let actor = Actor(
                    .user, id: member.user.id, name: member.user.email, address: address, requestID: requestID)
                let entry = AuditEntry(
                    "revoke", "tokens", claims.family, detail: [("reason", .string("a used refresh token came again"))],
                    by: actor)
                try AuditRecords.append(entry, tenant: tenant, connection)
                return nil
            case .refuse:
                return nil
            }
        }
        guard let pair else { throw MartletError.wrongToken }
        return pair
    }

    /// Begins a session of the caller in another tenant.
    ///
    /// - Throws: ``MartletError`` `not_found` where the caller is no member.
    public func enter(
        tenant: String, user: String, address: String?, requestID: String? = nil
    ) async throws -> TokenPair {
        let credentials = try await dispatch.readRetrying { try UserRecords.credentials(id: user, $0) }
        guard let credentials, credentials.user.isActive,
            let pair = try await begin(
                credentials, tenant: tenant, rehashed: nil, address: address, requestID: requestID)
        else {
            throw MartletError(.notFound, "You are no member of such a tenant.", place: "/data/attributes/tenant_id")
        }
        return pair
    }

    /// Ends a session: its tokens do not hold any more.
    public func logout(_ session: String, by caller: Caller) async throws {
        try await store.of(tenant: caller.tenant).database.write { connection in
            try RefreshFamilyRecords.revoke(session, reason: "logout", tenant: caller.tenant, connection)
            try AuditRecords.append(
                AuditEntry("delete", "tokens", session, by: caller.actor), tenant: caller.tenant, connection)
        }
    }
}
