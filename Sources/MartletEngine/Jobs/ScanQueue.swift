import MartletCore
import MartletStore

/// Asks for scans, cancels and repeats them. All of it is answered at once; workers do the rest.
public struct ScanQueue: Sendable {
    let store: Store

    /// The scans of the store's tenant.
    public init(store: Store) { self.store = store }

    /// Asks for a scan of an account. Gives the scan's id.
    ///
    /// - Parameters:
    ///   - account: The account's id, provider/id or name.
    ///   - order: What to scan. Its source must be one that workers know, and one that its filters can limit.
    ///   - priority: Higher ones go first among the tenant's jobs, -1000 to 1000.
    ///   - also: What belongs into the same transaction, behind it; it gets the scan's id.
    /// - Throws: ``MartletError`` `not_found`, `usage` or `invalid_input` for what cannot run; nothing is queued then.
    public func start(
        account: String, order: ScanOrder, priority: Int64 = 0, queue: String = JobRequest.defaultQueue,
        also: @escaping @Sendable (String, any Connection) throws -> Void = { _, _ in }
    ) async throws -> String {
        let tenant = store.tenant
        let key = try await self.account(account)
        return try await store.database.write { connection in
            guard let id = try Accounts.existingAccount(key, tenant: tenant, connection) else {
                throw MartletError(.notFound, "The account \(key) was removed at this moment.")
            }
            let scan = try Self.enqueue(order, of: id, terms: Terms(priority: priority, queue: queue), connection)
            try also(scan, connection)
            return scan
        }
    }

    /// Ends a scan: a queued one at once, a running one within two seconds. Asking twice is no error; asking for one that
    /// has ended otherwise is. Gives the scan's state.
    public func cancel(_ scan: String, hooks: ChangeHooks = .none) async throws -> ScanState {
        try await apply(.requestCancel, to: scan, hooks)
    }

    /// Queues a scan anew that has failed or was cancelled.
    public func retry(_ scan: String, hooks: ChangeHooks = .none) async throws -> ScanState {
        try await apply(.retryByUser, to: scan, hooks)
    }

    private func apply(_ event: JobEvent, to scan: String, _ hooks: ChangeHooks) async throws -> ScanState {
        let tenant = store.tenant
        let row = try await store.read { reader in try reader.scan(scan) }
        guard let row else { throw MartletError(.notFound, "There is no scan '\(scan)'; martlet scans lists them.") }
        let next: JobTransition?
        next = try await store.database.write { connection in
            let job = JobID(tenant: tenant, id: row.id)
            try Jobs.lock(job, connection)
            try hooks.before(connection)
            let next: JobTransition
            do {
                next = try Jobs.apply(event, to: job, connection)
            } catch let error as MartletError where error.code == .notFound {
                return nil
            }
            try hooks.after(connection)
            return next
        }
        guard let next else {
            throw MartletError(
                .conflict, "The scan \(row.id) is an import's, which ends with its own process; import the file again.")
        }
        return switch next.job.state {
        case .queued: .queued
        case .running: .running
        case .cancelled: .cancelled
        case .completed: .completed
        case .failed: .failed
        }
    }

    /// The account that an id, provider/id or name means.
    ///
    /// - Throws: ``MartletError`` `not_found` for none, `usage` for several.
    public func account(_ account: String) async throws -> AccountKey {
        let matches = try await store.read { reader in
            try reader.accounts(AccountFilter(accounts: [account])).map(\.account)
        }
        guard let key = matches.first else {
            throw MartletError(.notFound, "There is no account '\(account)'; martlet accounts lists them.")
        }
        guard matches.count == 1 else {
            let names = matches.map(\.description).joined(separator: ", ")
            throw MartletError(.usage, "'\(account)' may be any of: \(names)")
        }
        return key
    }
}
