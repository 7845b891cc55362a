import MartletEngine
import MartletStore

extension ServerServices {
    /// Services of a server that has logins: groups of accounts and the audit log are those of the access layer.
    public static func joined(store: Store, access: Access) -> ServerServices {
        var services = ServerServices(
            store: store, authenticator: AccessAuthenticator(access: access), access: access)
        services.groupsOfAccounts = { try $0.groupsOfAccounts() }
        services.membersOfGroups = { groups, reader in
            Set(try reader.groupsOfAccounts().filter { !groups.isDisjoint(with: $0.value) }.keys)
        }
        services.audit = { context, note, connection in
            let who = try context.principal
            let caller = try Caller.find(
                user: who.user, tenant: who.tenant, credential: try context.credential(),
                address: context.request.remoteAddress, requestID: context.requestID, connection)
            try note.append(by: caller.actor, tenant: who.tenant, connection)
        }
        return services
    }
}
