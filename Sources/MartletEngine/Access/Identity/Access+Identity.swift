import MartletCore
import MartletStore

extension Access {
    /// A login at an identity provider that begins: where to send the browser, and the cookie that binds it.
    public struct IdentityLogin: Sendable, Hashable {
        /// Where the browser is sent to.
        public var url: String
        /// What a cookie of the browser must have when it comes back.
        public var browser: String
        /// Until when it may come back, by the database's clock.
        public var expiresAt: Timestamp
    }

    /// How long a login at an identity provider may take.
    public static var identityLoginSeconds: Int64 { LoginAttempt.lifetime / 1000 }

    /// Begins a login at an identity provider.
    ///
    /// - Parameter invitation: The token of an invitation that the user accepts by it; nil without one.
    public func begin(at provider: IdentityProvider, invitation: String?) async throws -> IdentityLogin {
        let now = Timestamp(milliseconds: try await dispatch.read { try $0.now() })
        let attempt = LoginAttempt.begin(at: now, invitation: invitation.map { String($0.prefix(200)) } ?? "")
        let url = try await provider.authorizationURL(attempt, state: attempt.sealed(with: ring))
        let end = Timestamp(milliseconds: attempt.begunAt + LoginAttempt.lifetime)
        return IdentityLogin(url: url, browser: attempt.browser, expiresAt: end)
    }

    /// Ends a login at an identity provider with a session.
    ///
    /// - Parameters:
    ///   - state: What came back.
    ///   - browser: What the browser's cookie has.
    ///   - issuer: Who sent the browser back, where that was said (RFC 9207).
    /// - Throws: ``MartletError`` `unauthenticated` when something is not right, `forbidden` when the user is not known here.
    public func finish(
        at provider: IdentityProvider, code: String, state: String, browser: String, issuer: String? = nil,
        address: String?, requestID: String? = nil
    ) async throws -> TokenPair {
        let now = Timestamp(milliseconds: try await dispatch.read { try $0.now() })
        let settings = provider.settings
        guard issuer ?? settings.issuer == settings.issuer,
            let attempt = LoginAttempt(state: state, browser: browser, keys: ring, now: now)
        else { throw MartletError.wrongLogin }
        let identity = try await provider.identity(code: code, attempt, now: now)
        let tenant = store.tenant
        let credentials = try await dispatch.write { connection in
            try Self.user(
                identity, settings, tenant: tenant, invitation: attempt.invitation, address: address,
                requestID: requestID, connection)
        }
        guard credentials.user.isActive,
            let pair = try await begin(
                credentials, tenant: nil, rehashed: nil, address: address, requestID: requestID)
        else { throw MartletError.wrongLogin }
        return pair
    }

    /// The user whom an identity is, as the settings allow; as the dispatch role.
    private static func user(
        _ identity: IdentityClaims, _ settings: IdentityProviderSettings, tenant: Int64, invitation: String,
        address: String?, requestID: String?, _ connection: any Connection
    ) throws -> UserCredentials {
        let (issuer, subject) = (identity.issuer, identity.subject)
        if let known = try UserRecords.credentials(issuer: issuer, subject: subject, connection) { return known }
        // Two subjects with one email are bound one behind the other.
        try AccessLock.takeUsers(connection)
        guard let email = identity.verifiedEmail else {
            throw MartletError.forbidden("The identity provider gives no verified email for this user.")
        }
        if let user = try UserRecords.credentials(email: email, connection) {
            guard settings.bindsVerifiedEmail, !(try UserRecords.isBound(user.user.id, connection)) else {
                throw MartletError.forbidden("There is another user with this email.")
            }
            try UserRecords.bind(user.user.id, issuer: issuer, subject: subject, connection)
            let actor = Actor(.user, id: user.user.id, name: email, address: address, requestID: requestID)
            let entry = AuditEntry("bind", "users", user.user.id, detail: [("issuer", .string(issuer))], by: actor)
            for membership in try MembershipRecords.all(of: user.user.id, connection) {
                try connection.enter(.tenant(membership.tenant))
                try AuditRecords.append(entry, tenant: membership.tenant, connection)
            }
            try connection.enter(.dispatch)
            return user
        }
        let domain = email.split(separator: "@").last.map(String.init) ?? ""
        let mayJoin = settings.joinRoles != nil && settings.joinDomains.contains(domain)
        guard !invitation.isEmpty || mayJoin else {
            throw MartletError.forbidden("There is no user with this email; ask for an invitation.")
        }
        let name = identity.name.map { String($0.prefix(150)) } ?? ""
        let user = try UserRecords.create(
            UserDraft(
                email: email, name: name.count >= 3 ? name : email, password: nil, identity: (issuer, subject)),
            connection)
        if !invitation.isEmpty {
            _ = try InvitationAcceptance.accept(
                invitation, user: user, address: address, requestID: requestID, connection)
        } else {
            try join(user, tenant, settings.joinRoles ?? [], address: address, requestID: requestID, connection)
        }
        try connection.enter(.dispatch)
        guard let made = try UserRecords.credentials(id: user.id, connection) else { throw MartletError.wrongLogin }
        return made
    }

    private static func join(
        _ user: UserRow, _ tenant: Int64, _ roles: [String], address: String?, requestID: String?,
        _ connection: any Connection
    ) throws {
        try connection.enter(.tenant(tenant))
        try AccessLock.take(tenant: tenant, connection)
        try AccessLimits.require(
            MembershipRecords.all(tenant: tenant, connection).count, below: AccessLimits.members, "members")
        let membership = try MembershipRecords.add(user.id, as: .member, tenant: tenant, connection)
        let ids = try RoleRecords.all(tenant: tenant, connection).filter { roles.contains($0.name) }.map(\.id)
        try RoleRecords.assign(ids, to: user.id, tenant: tenant, connection)
        let actor = Actor(.user, id: user.id, name: user.email, address: address, requestID: requestID)
        try AuditRecords.append(
            AuditEntry(
                "create", "memberships", membership.id, detail: [("user", .string(user.id)), ("roles", ids.json)],
                by: actor),
            tenant: tenant, connection)
    }
}
