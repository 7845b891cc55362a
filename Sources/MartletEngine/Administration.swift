import MartletCore
import MartletPolicy
import MartletStore

/// Changes to a tenant's frameworks, mutes and accounts, each followed by a re-evaluation of what is published.
///
/// A change marks the postures it touches as pending in its own transaction; each account is then recomputed in one of
/// its own. After a crash between the two, the next command finishes (``finishPending()``).
public struct Administration: Sendable {
    let store: Store

    /// Changes the store's own tenant only; ``copy(to:)`` alone concerns all.
    public init(store: Store) { self.store = store }

    /// Adds frameworks, or newer contents of known ones; all or none. Gives the ids of those that changed anything.
    @discardableResult
    public func addFrameworks(_ files: [(fileName: String, bytes: [UInt8])]) async throws -> [String] {
        let frameworks = try files.map { try Framework.load(bytes: $0.bytes, fileName: $0.fileName) }
        var seen: Set<String> = []
        for (framework, file) in zip(frameworks, files) where !seen.insert(framework.id).inserted {
            throw MartletError(.usage, "Two files give a framework with the id \(framework.id).", place: file.fileName)
        }
        let tenant = store.tenant
        let changed = try await store.database.write { connection in
            var changed: [String] = []
            var providers: Set<String> = []
            for framework in frameworks.sorted(by: { $0.id < $1.id }) {
                let isNew = try FrameworkRecords.activate(framework, tenant: tenant, connection)
                guard isNew else { continue }
                changed.append(framework.id)
                providers.formUnion(framework.providers)
            }
            try PostureRecords.markPending(tenant: tenant, providers: Array(providers), connection)
            return changed
        }
        try await finishPending()
        return changed
    }

    /// Takes a framework out of use. Scans of the past keep their rows of it.
    public func removeFramework(_ id: String) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            guard try FrameworkRecords.deactivate(id: id, tenant: tenant, connection) else {
                throw MartletError(.notFound, "There is no framework \(id); martlet frameworks list shows them.")
            }
            try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
        }
        try await finishPending()
    }

    /// Adds a mute.
    public func addMute(_ rule: MuteRule) async throws {
        try rule.validate()
        let tenant = store.tenant
        try await store.database.write { connection in
            try MuteRecords.add(rule, tenant: tenant, connection)
            try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
        }
        try await finishPending()
    }

    /// Removes a mute.
    public func removeMute(_ id: String) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            guard try MuteRecords.remove(id: id, tenant: tenant, connection) else {
                throw MartletError(.notFound, "There is no mute \(id); martlet mute list shows them.")
            }
            try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
        }
        try await finishPending()
    }

    /// Makes a mutelist's rules the tenant's, in place of those of the mutelist before. Gives the rules that match
    /// nothing that is published.
    @discardableResult
    public func applyMutelist(_ rules: [MuteRule]) async throws -> [MuteRule] {
        for rule in rules { try rule.validate() }
        let tenant = store.tenant
        try await store.database.write { connection in
            try MuteRecords.removeAll(origin: .mutelist, tenant: tenant, connection)
            for rule in rules { try MuteRecords.add(rule, tenant: tenant, connection) }
            try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
        }
        try await finishPending()
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

    /// Removes everything that is known of an account, history too.
    public func removeAccount(_ key: AccountKey) async throws {
        let tenant = store.tenant
        let host = Worker.current().host
        try await store.database.write { connection in
            guard let account = try Accounts.existingAccount(key, tenant: tenant, connection) else {
                throw MartletError(.notFound, "There is no account \(key); martlet accounts lists them.")
            }
            try connection.lock(.account(account))
            let now = try connection.now()
            if let lease = try Leases.current(account, connection), lease.isHeld(seenFrom: host, at: now) {
                throw MartletError(
                    .conflict,
                    "The account is being scanned by \(lease.holder.name) on \(lease.holder.host); wait for it to finish."
                )
            }
            try AccountRemoval.remove(account, connection)
        }
    }

    /// Copies the whole store, all tenants, into one that is still empty.
    public func copy(to url: String) async throws {
        let target = try await Store.open(url: url, tenant: store.tenantName)
        do {
            try await StoreCopy.copy(from: store, to: target)
            await target.close()
        } catch {
            await target.close()
            throw error
        }
    }
}
