import MartletCore
import MartletStore

extension Access {
    /// Makes a user who comes with an invitation, and a member of the tenant that invites.
    ///
    /// - Parameters:
    ///   - draft: The user, with an email in the form of ``EmailAddress``; the password's hash is filled in.
    ///   - password: The password, which has been found good by ``PasswordRules``.
    ///   - invitation: The token of the invitation.
    /// - Throws: ``MartletError`` as ``InvitationAcceptance``; `conflict` when there is a user with this email.
    public func signUp(
        _ draft: UserDraft, password: SecretBytes, invitation: String, address: String?, requestID: String? = nil
    ) async throws -> UserRow {
        // Whoever guesses tokens makes no hashes.
        try await requireInvitation(invitation)
        var draft = draft
        draft.password = try await passwords.hash(password)
        return try await dispatch.write { [draft] connection in
            let user = try UserRecords.create(draft, connection)
            _ = try InvitationAcceptance.accept(
                invitation, user: user, address: address, requestID: requestID, connection)
            return user
        }
    }

    /// Makes a user who comes by themselves, with a tenant of their own.
    public func signUp(
        _ draft: UserDraft, password: SecretBytes, tenantName: String, address: String?, requestID: String? = nil
    ) async throws -> UserRow {
        var draft = draft
        draft.password = try await passwords.hash(password)
        let (user, tenant) = try await dispatch.write { [draft] connection in
            let user = try UserRecords.create(draft, connection)
            let actor = Actor(.user, id: user.id, name: user.email, address: address, requestID: requestID)
            return (user, try TenantChanges.create(name: tenantName, owner: user, actor: actor, connection).number)
        }
        // User and tenant are there; what cannot be added now is added before the tenant's first scan.
        _ = try? await Administration(store: store.of(tenant: tenant)).addDefaultFrameworks()
        return user
    }

    /// The hash of a password that is to be a user's from now on.
    public func hash(_ password: SecretBytes) async throws -> String { try await passwords.hash(password) }

    private func requireInvitation(_ text: String) async throws {
        let unknown = MartletError(.notFound, "There is no such invitation.", place: "invitation_token")
        guard let token = InvitationToken(text) else { throw unknown }
        let found = try await store.of(tenant: token.tenant).database.readRetrying {
            (try InvitationRecords.invitation(token: token.hash, tenant: token.tenant, $0), try $0.now())
        }
        guard let invitation = found.0 else { throw unknown }
        guard invitation.state == .pending, found.1 < invitation.expiresAt.milliseconds else {
            throw MartletError(.gone, "The invitation is over; ask for another one.", place: "invitation_token")
        }
    }
}
