import MartletCore
import MartletEngine
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func applyMutelist() async throws -> ExitCode {
        let path = arguments.operands[0]
        let document = try YAMLReader.read(try InputFile.read(path), file: path)
        let mutelist = try Mutelist(document: document, file: path)
        let unmatched = try await withStore(create: true) { store in
            try await Administration(store: store).applyMutelist(
                mutelist.rules, hooks: try await mutelistHooks(rules: mutelist.rules.count, in: store))
        }
        for note in mutelist.notes { log.info("\(note.place): \(note.message)") }
        log.note(
            "\(Quantity.count(mutelist.rules.count, "rule")) of \(path) in force; "
                + "\(Quantity.count(unmatched.count, "rule")) match nothing")
        if mutelist.exactItems > 0, !unmatched.isEmpty {
            log.note("patterns are anchored: write *name* for what contains a name")
        }
        return try print(unmatched, Listing.unmatchedRules, single: false)
    }

    /// Before the change, because the rules that were there say what kind of change it is.
    private func mutelistHooks(rules: Int, in store: Store) async throws -> ChangeHooks {
        let (actor, number) = (actor, store.tenant)
        let tenant = try await store.database.scoped(to: .dispatch).write { connection in
            try TenantRecords.identifyAll(connection)
            return try TenantRecords.tenant(number: number, connection)?.uid ?? ""
        }
        return ChangeHooks(before: { connection in
            let reader = StoreReader(connection: connection, tenant: number)
            let isNew = try reader.muteRules(.mutelist, isCounted: false).isEmpty
            let verb = rules == 0 ? "delete" : isNew ? "create" : "update"
            try AuditNote.mutelist(verb, of: tenant, rules: rules).append(by: actor, tenant: number, connection)
        })
    }
}
