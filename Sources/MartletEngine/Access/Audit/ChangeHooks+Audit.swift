import MartletStore

extension ChangeHooks {
    /// Writes a change down behind it, in its transaction.
    public init(_ note: AuditNote, by actor: Actor, tenant: Int64) {
        self.init(after: { try note.append(by: actor, tenant: tenant, $0) })
    }
}
