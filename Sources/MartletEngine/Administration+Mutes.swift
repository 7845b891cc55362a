import MartletCore
import MartletPolicy
import MartletStore

extension Administration {
    /// Adds a mute.
    public func addMute(_ rule: MuteRule, hooks: ChangeHooks = .none) async throws {
        try rule.validate()
        let tenant = store.tenant
        _ = try await change(.atOnce, .mutes, hooks) { connection in
            try MuteRecords.add(rule, tenant: tenant, connection)
            return ((), .accounts(of: [rule]))
        }
    }

    /// Adds a mute with what people call it.
    public func addMute(
        _ rule: MuteRule, name: String, createdBy: String?, mode: Reevaluation.Mode = .atOnce,
        hooks: ChangeHooks = .none
    ) async throws -> Reevaluation {
        try rule.validate()
        let tenant = store.tenant
        return try await change(mode, .mutes, hooks) { connection in
            try MuteRecords.add(rule, tenant: tenant, connection)
            try MuteRecords.describe(rule.id, name: name, createdBy: createdBy, tenant: tenant, connection)
            return ((), .accounts(of: [rule]))
        }.reevaluation
    }

    /// Changes the mute of an id; those that wait for each other each see what the one before has left.
    ///
    /// - Parameter edit: Gives the mute as it is to be, of the one that is there.
    /// - Throws: ``MartletError`` `not_found` without one, and what a rule that cannot be is refused with.
    public func changeMute(
        _ id: String, mode: Reevaluation.Mode = .atOnce, hooks: ChangeHooks = .none,
        _ edit: @escaping @Sendable (inout MuteRuleRow) throws -> Void
    ) async throws -> Reevaluation {
        let tenant = store.tenant
        return try await change(mode, .mutes, hooks) { connection in
            let unknown = MartletError(.notFound, "There is no mute \(id); martlet mute list shows them.")
            let rows = try StoreReader(connection: connection, tenant: tenant).muteRules(.cli, isCounted: false)
            guard var row = rows.first(where: { $0.rule.id == id }) else { throw unknown }
            let before = row.rule
            try edit(&row)
            try row.rule.validate()
            guard
                try MuteRecords.replace(
                    row.rule, name: row.name, isEnabled: row.isEnabled, tenant: tenant, connection)
            else { throw unknown }
            return ((), .accounts(of: [before, row.rule]))
        }.reevaluation
    }

    /// Removes a mute.
    @discardableResult
    public func removeMute(
        _ id: String, mode: Reevaluation.Mode = .atOnce, hooks: ChangeHooks = .none
    ) async throws -> Reevaluation {
        let tenant = store.tenant
        return try await change(mode, .mutes, hooks) { connection in
            let before = try MuteRecords.all(tenant: tenant, connection).map(\.rule).filter { $0.id == id }
            guard try MuteRecords.remove(id: id, tenant: tenant, connection) else {
                throw MartletError(.notFound, "There is no mute \(id); martlet mute list shows them.")
            }
            // One that is disabled mutes nothing anywhere, and is not among them.
            return ((), .accounts(of: before))
        }.reevaluation
    }

    /// Makes a mutelist's rules the tenant's, in place of those of the mutelist before.
    public func setMutelist(
        _ rules: [MuteRule], mode: Reevaluation.Mode, hooks: ChangeHooks = .none
    ) async throws -> Reevaluation {
        for rule in rules { try rule.validate() }
        let tenant = store.tenant
        return try await change(mode, .mutes, hooks) { connection in
            let before = try MuteRecords.all(tenant: tenant, connection).map(\.rule).filter { $0.origin == .mutelist }
            try MuteRecords.removeAll(origin: .mutelist, tenant: tenant, connection)
            for rule in rules { try MuteRecords.add(rule, tenant: tenant, connection) }
            return ((), .accounts(of: before + rules))
        }.reevaluation
    }

    /// The id of a tenant's mutelist, of which there is one, by the tenant's id.
    public static func mutelistIdentifier(tenant: String) -> String {
        var hasher = ContentHasher()
        hasher.add("mutelist identifier")
        hasher.add(tenant)
        return hasher.finish().uuid(version: 8)
    }

    /// The same at once. Gives the rules that match nothing that is published.
    @discardableResult
    public func applyMutelist(_ rules: [MuteRule], hooks: ChangeHooks = .none) async throws -> [MuteRule] {
        _ = try await setMutelist(rules, mode: .atOnce, hooks: hooks)
        let tenant = store.tenant
        return try await store.database.read { connection in
            var matcher = try MuteMatcher(rules)
            let now = Timestamp(milliseconds: try connection.now())
            for account in try Accounts.published(tenant: tenant, connection) {
                try MuteRecords.candidates(account.id, generation: account.published, connection) { candidate in
                    _ = matcher.match(
                        check: candidate.check, regions: candidate.regions, resourceUID: candidate.resourceUID,
                        resourceName: candidate.resourceName, tags: candidate.tags, account: account.key.uid,
                        now: now)
                }
            }
            return matcher.unmatched
        }
    }
}
