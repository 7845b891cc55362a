import MartletCore
import MartletPolicy
import MartletStore

extension Administration {
    /// Recomputes every posture that a change of mutes or frameworks has not reached, and those that an expired mute
    /// still covers. Cheap when there is nothing to do.
    public func finishPending() async throws {
        try await recoverAbandoned()
        let tenant = store.tenant
        let pending = try await store.database.read { connection in
            let accounts = try Accounts.published(tenant: tenant, connection)
            return (accounts.filter(\.pending), try MuteRecords.hasExpired(tenant: tenant, connection) ? accounts : [])
        }
        let accounts = pending.1.isEmpty ? pending.0 : pending.1
        guard !accounts.isEmpty else { return }
        let catalog = try await FrameworkCatalog.load(store)
        for account in accounts {
            try await store.database.write { connection in
                try connection.lock(.account(account.id))
                let counters = try Accounts.counters(account.id, connection)
                guard counters.published > 0 else { return }
                let rules = try MuteRecords.all(tenant: tenant, connection).map(\.rule)
                _ = try PostureEvaluation(
                    account: account.id, key: account.key, generation: counters.published, connection: connection
                ).run(rules: rules, catalog: catalog)
            }
        }
    }

    /// Undoes what processes that have ended left of their scans, and tells so in the scans' rows.
    private func recoverAbandoned() async throws {
        let tenant = store.tenant
        let worker = Worker.current()
        let abandoned = try await store.database.read { connection in
            let now = try connection.now()
            return try Leases.all(tenant: tenant, connection).filter { !$0.isHeld(seenFrom: worker.host, at: now) }
        }
        for lease in abandoned {
            try await store.database.write { connection in
                try connection.lock(.account(lease.account))
                let now = try connection.now()
                // Someone may have taken the account over meanwhile.
                guard try Leases.current(lease.account, connection) == lease else { return }
                let claim = try Leases.claim(lease.account, scan: "", worker: worker, lifetime: 0, connection)
                let counters = try Accounts.counters(lease.account, connection)
                try Generations.undo(lease.account, after: counters.published, connection)
                try Scans.failAbandoned(lease.account, except: "", at: now, connection)
                try Leases.release(claim, connection)
            }
        }
    }
}
