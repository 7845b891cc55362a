import MartletCore

extension Accounts {
    /// Makes an account; throws ``MartletError`` (`conflict`) when the tenant has it already.
    public static func create(
        _ key: AccountKey, alias: String?, tenant: Int64, _ connection: any Connection
    ) throws -> AccountID {
        guard try existingAccount(key, tenant: tenant, connection) == nil else {
            throw MartletError(.conflict, "The account \(key) exists already.")
        }
        let id = try account(key, tenant: tenant, connection)
        if let alias { try setAlias(alias, of: id, connection) }
        return id
    }

    /// What a user calls the account; nil for no name.
    public static func setAlias(_ alias: String?, of id: AccountID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE accounts SET alias = $3, updated_at = $4 WHERE tenant = $1 AND id = $2",
            id.values + [.optional(alias), .int(try connection.now())])
    }

    /// How a test of the connection ended; nil where it could not tell.
    public static func setConnected(_ isConnected: Bool?, of id: AccountID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE accounts SET connected = $3, checked_at = $4 WHERE tenant = $1 AND id = $2",
            id.values + [.optional(isConnected.map { $0 ? 1 : 0 }), .int(try connection.now())])
    }
}
