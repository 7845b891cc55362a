import MartletCore
import MartletStore

/// Changes of a tenant's API keys. All need `manage_account`, and run in a transaction of the tenant.
public enum APIKeyChanges {
    /// How long a key holds unless it is said otherwise: 365 days, in milliseconds.
    public static let lifetime: Int64 = 365 * 86_400_000

    /// Makes a key that speaks for the caller. The text is given out this once.
    ///
    /// - Parameters:
    ///   - scopes: The permissions to which it is limited; nil for all of the user's, also those of later.
    ///   - expiresAt: From when on it is refused; nil for ``lifetime`` from now.
    public static func create(
        name: String, scopes: Permissions?, expiresAt: Timestamp?, by caller: Caller, _ connection: any Connection
    ) throws -> (key: APIKeyRow, text: String) {
        try caller.require(.manageAccount)
        guard let user = caller.user else { throw MartletError.forbidden("An API key speaks for a user.") }
        return try create(name: name, scopes: scopes, expiresAt: expiresAt, for: user.id, by: caller, connection)
    }

    /// Makes a key that speaks for a member; for the command line.
    public static func create(
        name: String, scopes: Permissions?, expiresAt: Timestamp?, for user: String, by caller: Caller,
        _ connection: any Connection
    ) throws -> (key: APIKeyRow, text: String) {
        let change = try AccessChange(by: caller, connection)
        try AccessLimits.require(
            APIKeyRecords.all(tenant: change.tenant, connection).count, below: AccessLimits.apiKeys, "API keys")
        // A key that is limited makes no key that is less so.
        if caller.actor.kind == .apiKey, let own = caller.actor.id,
            let limit = try APIKeyRecords.key(own, tenant: change.tenant, connection)?.scopes
        {
            guard let scopes, limit.isSuperset(of: scopes) else {
                throw MartletError.forbidden("An API key with scopes makes only keys with scopes among its own.")
            }
        }
        try caller.requireGrant(of: scopes ?? [], unlimitedVisibility: false)
        let now = try connection.now()
        let end = expiresAt ?? Timestamp(milliseconds: now + lifetime)
        guard end.milliseconds > now else {
            throw MartletError(
                .invalidInput, "The key would have expired already.", place: "/data/attributes/expires_at")
        }
        let text = APIKeyText.generate()
        let key = try APIKeyRecords.create(
            APIKeyDraft(
                prefix: text.prefix, secret: text.hash, name: name, user: user, scopes: scopes, expiresAt: end),
            tenant: change.tenant, connection)
        try change.record(
            "create", "api-keys", key.id,
            [
                ("name", .string(name)), ("prefix", .string(key.prefix)), ("user", .string(user)),
                ("scopes", scopes.map(\.names.json) ?? .null), ("expires_at", .string(end.rfc3339)),
            ])
        return (key, text.text)
    }

    /// Gives a key another name.
    public static func rename(
        _ id: String, to name: String, by caller: Caller, _ connection: any Connection
    ) throws -> APIKeyRow {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        guard try APIKeyRecords.key(id, tenant: change.tenant, connection) != nil else {
            throw MartletError.unknown("API key")
        }
        try APIKeyRecords.rename(id, to: name, tenant: change.tenant, connection)
        try change.record("update", "api-keys", id, [("name", .string(name))])
        return try key(id, change)
    }

    /// Revokes a key, for good. Twice is no error.
    public static func revoke(
        _ id: String, by caller: Caller, _ connection: any Connection
    ) throws -> APIKeyRow {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        let before = try key(id, change)
        guard before.revokedAt == nil else { return before }
        try APIKeyRecords.revoke(id, tenant: change.tenant, connection)
        try change.record("revoke", "api-keys", id, [("prefix", .string(before.prefix))])
        return try key(id, change)
    }

    private static func key(_ id: String, _ change: AccessChange) throws -> APIKeyRow {
        guard let key = try APIKeyRecords.key(id, tenant: change.tenant, change.connection) else {
            throw MartletError.unknown("API key")
        }
        return key
    }
}
