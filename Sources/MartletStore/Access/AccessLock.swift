/// What keeps changes of access one behind the other, so that a rule over several rows (the last owner, the last role that
/// manages the tenant) holds whatever happens at the same time.
public enum AccessLock {
    /// Changes of one tenant's members, roles, groups, invitations and keys.
    public static func take(tenant: Int64, _ connection: any Connection) throws {
        try connection.lock(.numbers(table: "access", tenant: tenant))
    }

    /// Changes of users, who belong to no tenant; taken before that of a tenant.
    public static func takeUsers(_ connection: any Connection) throws {
        try connection.lock(.numbers(table: "users", tenant: 0))
    }
}

extension Connection {
    /// Runs `body` as the dispatch role, which reaches users and what is to be found before the tenant is known, and goes
    /// on as the tenant.
    func asDispatch<Result>(within tenant: Int64, _ body: () throws -> Result) throws -> Result {
        try enter(.dispatch)
        let result = try body()
        try enter(.tenant(tenant))
        return result
    }
}
