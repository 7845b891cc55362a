import MartletCore
import MartletPolicy
import MartletStore

extension Administration {
    /// Recomputes every posture that a change of mutes or frameworks has not reached, and those that an expired mute
    /// still covers. Cheap when there is nothing to do.
    public func finishPending() async throws {
        try await recoverAbandoned()
        let tenant = store.tenant
        let pending = try await store.database.readRetrying { connection in
            let accounts = try Accounts.published(tenant: tenant, connection)
            return (accounts.filter(\.pending), try MuteRecords.hasExpired(tenant: tenant, connection) ? accounts : [])
        }
        let accounts = pending.1.isEmpty ? pending.0 : pending.1
        guard !accounts.isEmpty else { return }
        let isOfMutes = !pending.1.isEmpty
        let catalog = try await FrameworkCatalog.load(store)
        for account in accounts {
            try await store.database.write { connection in
                try connection.lock(.account(account.id))
                let counters = try Accounts.counters(account.id, connection)
                guard counters.published > 0 else { return }
                // A worker and the command that made the change may both be at it.
                guard try isOfMutes || PostureRecords.isPending(account.id, connection) else { return }
                let rules = try MuteRecords.all(tenant: tenant, connection).map(\.rule)
                try PostureEvaluation(
                    account: account.id, key: account.key, generation: counters.published, isPublished: true,
                    connection: connection
                ).run(rules: rules, catalog: catalog)
                try MuteRecords.numberChanges(of: account.id, generation: counters.published, connection)
            }
        }
    }

    /// Undoes what processes that have ended left of their scans, and tells so in the scans' rows.
    private func recoverAbandoned() async throws {
        let worker = Worker.current()
        let rescue = Rescue(store: store, worker: worker)
        for lease in try await rescue.abandoned() {
            // What comes to its end by itself is left to the next command.
            guard try await rescue.isOver(lease) else { continue }
            try await store.database.write { connection in
                try connection.endWhenSilent(milliseconds: AccountClaimer.silenceMilliseconds)
                try connection.lock(.account(lease.account))
                try Leases.lockFence(lease.account, connection)
                let now = try connection.now()
                // Someone may have taken the account over meanwhile.
                guard try Leases.current(lease.account, connection) == lease else { return }
                let claim = try Leases.claim(lease.account, scan: "", worker: worker, lifetime: 0, connection)
                // What is left of an account that is being removed goes with it.
                guard try Accounts.key(of: lease.account, connection) != nil else {
                    return try Leases.release(claim, connection)
                }
                let counters = try Accounts.counters(lease.account, connection)
                try Generations.undo(lease.account, after: counters.published, connection)
                try Scans.failAbandoned(lease.account, except: "", at: now, connection)
                try Leases.release(claim, connection)
            }
        }
    }
}
