import MartletCore
import MartletEngine
import MartletStore

/// Finds out who makes a request by the store's users, sessions and API keys.
public struct AccessAuthenticator: Authenticator {
    private let access: Access

    /// The authenticator of an installation.
    public init(access: Access) { self.access = access }

    /// The caller, as of now: every request asks the database, so that what was taken away is gone at once.
    public func authenticate(_ credentials: Credentials, from address: String) async throws -> Principal {
        do {
            let (caller, credential) =
                switch credentials {
                case .bearer(let token): try await access.caller(token: token, address: address)
                case .apiKey(let key): try await access.caller(apiKey: key, address: address)
                }
            return Principal(caller, credential)
        } catch let error as MartletError {
            throw APIError(error)
        }
    }
}

extension Principal {
    init(_ caller: Caller, _ credential: Caller.Credential) {
        let shown =
            switch credential {
            case .session(let id): "token:" + id
            case .apiKey(let id): "key:" + id
            }
        self.init(
            tenant: caller.tenant, tenantID: caller.tenantUID, user: caller.user?.id ?? "", credential: shown,
            permissions: Set(caller.permissions.names.compactMap(Permission.init)),
            visibility: caller.visibleAccounts.map { .accounts($0) } ?? .all)
        isInRemoval = caller.isInRemoval
    }
}
