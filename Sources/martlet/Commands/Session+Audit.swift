import MartletCore
import MartletEngine
import MartletStore

extension Session {
    /// Whoever runs the command, for the audit log.
    var actor: Actor { .ofProcess() }

    /// Has a change written down in its transaction.
    func hooks(_ note: AuditNote, in store: Store) -> ChangeHooks {
        ChangeHooks(note, by: actor, tenant: store.tenant)
    }

    /// Writes changes down in their transaction, whose ids only it knows.
    func noting<Subject>(
        in store: Store, _ note: @escaping @Sendable (Subject) -> AuditNote
    ) -> @Sendable (Subject, any Connection) throws -> Void {
        let (actor, tenant) = (actor, store.tenant)
        return { try note($0).append(by: actor, tenant: tenant, $1) }
    }

    /// Writes the scans down that this process makes, where they begin: a scan that fails was begun, too.
    func notingScans(of source: String, in store: Store)
        -> @Sendable (String, AccountKey, any Connection) throws -> Void
    {
        let (actor, tenant) = (actor, store.tenant)
        return { try AuditNote.scanStart($0, of: $1, source: source).append(by: actor, tenant: tenant, $2) }
    }

    /// Writes down that a command made the tenant of a name, in the transaction that makes it.
    func notingTenant(_ name: String) -> Store.MakingTenant {
        let actor = actor
        return { number, connection in
            try TenantRecords.identifyAll(connection)
            guard let tenant = try TenantRecords.tenant(number: number, connection) else { return }
            try connection.enter(.tenant(number))
            try AuditNote("create", "tenants", tenant.uid, [.init("name", .string(name))])
                .append(by: actor, tenant: number, connection)
        }
    }
}
