import MartletCore
import MartletStore

extension Administration {
    /// Asks for the removal of everything that is known of an account, history too. It is out of sight at once; a worker
    /// does the rest. A scan of the queue that runs is told to end.
    ///
    /// - Returns: The id of the job.
    /// - Throws: ``MartletError``: `not_found` when there is no such account, `conflict` while an import works on it, which
    ///   only its own process can end.
    public func requestRemoval(
        of key: AccountKey, hooks: ChangeHooks = .none
    ) async throws -> String {
        let tenant = store.tenant
        let worker = Worker.current()
        return try await store.database.write { connection in
            guard let account = try Accounts.existingAccount(key, tenant: tenant, connection) else {
                throw Self.unknown(key)
            }
            try connection.lock(.account(account))
            try hooks.before(connection)
            let scans = try Jobs.requestCancel(of: account, connection)
            let tests = AccountID(tenant: tenant, account: JobKind.connection.subject(ofAccount: account.account))
            _ = try Jobs.requestCancel(of: tests, connection)
            if scans == 0 { try Self.endImport(of: account, worker, connection) }
            let job = try Self.hide(account, key, connection)
            try hooks.after(connection)
            return job
        }
    }

    /// Removes everything that is known of an account, history too, before it returns. When it is interrupted, a worker
    /// goes on, or the same call again.
    ///
    /// - Parameter hooks: Belong to the transaction that takes the account out of sight, and not to a call that goes on.
    /// - Throws: ``MartletError``: `not_found` when there is no such account, `conflict` while somebody works on it.
    public func removeAccount(_ key: AccountKey, hooks: ChangeHooks = .none) async throws {
        let tenant = store.tenant
        let worker = Worker.current()
        let lifetime = LeaseTiming().lifetime
        let lease = try await store.database.write { connection -> Lease in
            if let account = try Accounts.existingAccount(key, tenant: tenant, connection) {
                try connection.lock(.account(account))
                try hooks.before(connection)
                try Self.endImport(of: account, worker, connection)
                let job = try Self.hide(account, key, connection)
                try hooks.after(connection)
                return try Leases.claim(account, scan: job, worker: worker, lifetime: lifetime, connection)
            }
            guard let account = try AccountRemoval.underWay(key, tenant: tenant, connection) else {
                throw Self.unknown(key)
            }
            // One that broke off.
            try Self.endImport(of: account, worker, connection)
            return try Leases.claim(account, scan: "", worker: worker, lifetime: lifetime, connection)
        }
        try await AccountRemover(store: store, lease: lease, lifetime: lifetime).run { connection in
            try Leases.prove(lease, lifetime: lifetime, connection)
            try AccountRemoval.finish(lease.account, connection)
            try AccountRemoval.removeJobs(lease.account, connection)
        }
    }

    /// Asks again for removals whose last job has failed.
    static func resumeRemovals(tenant: Int64, _ connection: any Connection) throws {
        for account in try AccountRemoval.abandoned(tenant: tenant, connection) {
            _ = try enqueueRemoval(account, connection)
        }
    }

    private static func hide(
        _ account: AccountID, _ key: AccountKey, _ connection: any Connection
    ) throws -> String {
        let secret = try? NativeScans.secretName(of: key).text
        try AccountRemoval.hide(account, key, secret: secret, connection)
        return try enqueueRemoval(account, connection)
    }

    private static func enqueueRemoval(_ account: AccountID, _ connection: any Connection) throws -> String {
        let id = ScanID.make(at: Timestamp(milliseconds: try connection.now()))
        var request = JobRequest(id: id, kind: .accountRemoval, payload: "{}", account: account.account)
        request.uniqueKey = "account_removal:\(account.account)"
        return try Jobs.enqueue(request, tenant: account.tenant, connection).id
    }

    /// Makes what a dead process left worthless. Throws ``MartletError`` (`conflict`) while one lives.
    private static func endImport(of account: AccountID, _ worker: Worker, _ connection: any Connection) throws {
        try Leases.lockFence(account, connection)
        guard let lease = try Leases.current(account, connection) else { return }
        let now = try connection.now()
        guard !lease.isHeld(seenFrom: worker.host, at: now) else {
            throw MartletError(
                .conflict,
                "The account is being scanned by \(lease.holder.name) on \(lease.holder.host); wait for it to finish.")
        }
        let claim = try Leases.claim(account, scan: "", worker: worker, lifetime: 0, connection)
        try Leases.release(claim, connection)
    }

    private static func unknown(_ key: AccountKey) -> MartletError {
        MartletError(.notFound, "There is no account \(key); martlet accounts lists them.")
    }
}
