import MartletCore
import MartletEngine
import MartletStore

extension RequestContext {
    /// What was shown, as the engine names it.
    func credential() throws(APIError) -> Caller.Credential {
        let shown = try principal.credential
        guard let separator = shown.firstIndex(of: ":") else { throw .unauthenticated() }
        let id = String(shown[shown.index(after: separator)...])
        return shown.hasPrefix("key:") ? .apiKey(id) : .session(id)
    }

    /// Runs a change in a transaction of the caller's tenant, with what the caller may do at that moment.
    func change<Result: Sendable>(
        _ body: @escaping @Sendable (Caller, any Connection) throws -> Result
    ) async throws -> Result {
        let (who, credential, id) = (try principal, try credential(), requestID)
        let address = request.remoteAddress
        return try await store.database.write { connection in
            let caller = try Caller.find(
                user: who.user, tenant: who.tenant, credential: credential, address: address, requestID: id, connection)
            return try body(caller, connection)
        }
    }

    /// Reads in the scope of the caller's tenant.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Int64, any Connection) throws -> Result
    ) async throws -> Result {
        let tenant = try principal.tenant
        return try await store.database.readRetrying { try body(tenant, $0) }
    }

    /// Whether the caller has a permission, for endpoints that are open to all and show more to some.
    func may(_ permission: Permission) throws(APIError) -> Bool { try principal.permissions.contains(permission) }
}
