import MartletCore
import MartletStore

/// What all changes of access share: one at a time in a tenant, rules that hold before and after, and the audit log.
struct AccessChange {
    let caller: Caller
    let connection: any Connection

    var tenant: Int64 { caller.tenant }

    /// Begins a change; others of the tenant wait until the end of the transaction.
    init(by caller: Caller, _ connection: any Connection) throws {
        self.caller = caller
        self.connection = connection
        try AccessLock.take(tenant: caller.tenant, connection)
    }

    /// Runs `body`, which must not take the last manager away.
    func keepingManager<Result>(_ body: () throws -> Result) throws -> Result {
        let before = try hasManager()
        let result = try body()
        try AccessRules.requireManager(before: before, after: hasManager())
        return result
    }

    private func hasManager() throws -> Bool {
        let members = Set(try MembershipRecords.all(tenant: tenant, connection).map(\.user))
        return AccessRules.hasManager(try RoleRecords.all(tenant: tenant, connection), members: members)
    }

    /// Adds to the audit log.
    func record(
        _ verb: String, _ type: String, _ id: String, _ detail: [(name: String, value: JSONValue)] = []
    ) throws {
        try AuditRecords.append(
            AuditEntry(verb, type, id, detail: detail, by: caller.actor), tenant: tenant, connection)
    }

    /// The roles of these ids.
    ///
    /// - Throws: ``MartletError`` `not_found` where there is one that is none, `forbidden` where one gives more than the
    ///   caller has.
    func roles(_ ids: [String], place: String) throws -> [RoleRow] {
        try Set(ids).sorted().map { id in
            guard let role = try RoleRecords.role(id, tenant: tenant, connection) else {
                throw MartletError(.notFound, "There is no role \(id).", place: place)
            }
            try caller.requireGrant(of: role.permissions, unlimitedVisibility: role.unlimitedVisibility)
            return role
        }
    }

    /// Throws ``MartletError`` `not_found` for a group that is none.
    func requireGroups(_ ids: [String], place: String) throws {
        for id in ids where try ProviderGroupRecords.group(id, tenant: tenant, connection) == nil {
            throw MartletError(.notFound, "There is no provider group \(id).", place: place)
        }
    }

    /// Throws ``MartletError`` `not_found` for a user who is no member.
    func requireMembers(_ ids: [String], place: String) throws {
        for id in ids where try MembershipRecords.membership(of: id, tenant: tenant, connection) == nil {
            throw MartletError(.notFound, "There is no member \(id).", place: place)
        }
    }
}

extension [String] {
    /// As the audit log has it.
    var json: JSONValue { .array(map { .string($0) }) }
}
