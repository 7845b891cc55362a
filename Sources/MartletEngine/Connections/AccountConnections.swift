import MartletCore
import MartletStore

/// Asks for tests of connections, and keeps what they have found.
public struct AccountConnections: Sendable {
    let store: Store

    /// Works on the accounts of the store's tenant.
    public init(store: Store) { self.store = store }

    /// Asks for a test of an account's connection; one that is under way stands for the next. Gives the job's id.
    ///
    /// - Parameters:
    ///   - source: What is tested: a source of ``DefaultSource/tested(of:external:hasCredentials:)``.
    ///   - also: What belongs into the same transaction.
    /// - Throws: ``MartletError`` (`not_found`) when there is no such account.
    public func request(
        _ account: AccountKey, source: String, trace: String? = nil,
        also: @escaping @Sendable (any Connection) throws -> Void = { _ in }
    ) async throws -> String {
        let tenant = store.tenant
        return try await store.database.write { connection in
            guard let id = try Accounts.existingAccount(account, tenant: tenant, connection) else {
                throw MartletError(.notFound, "There is no account \(account); martlet accounts lists them.")
            }
            let job = ScanID.make(at: Timestamp(milliseconds: try connection.now()))
            let payload = JSONValue.object([.init("source", .string(source))]).text
            var request = JobRequest(id: job, kind: .connection, payload: payload, account: id.account)
            request.uniqueKey = "connection:\(id.account)"
            // Somebody waits for it.
            request.priority = 1_000
            request.trace = trace
            let enqueued = try Jobs.enqueue(request, tenant: tenant, connection)
            try also(connection)
            return enqueued.id
        }
    }

    /// Keeps what a test has found with its account.
    public func keep(
        _ result: ConnectionResult, of account: AccountKey, hooks: ChangeHooks = .none
    ) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            guard let id = try Accounts.existingAccount(account, tenant: tenant, connection) else { return }
            try hooks.before(connection)
            try Accounts.setConnected(result.isConnected, of: id, connection)
            try hooks.after(connection)
        }
    }
}
