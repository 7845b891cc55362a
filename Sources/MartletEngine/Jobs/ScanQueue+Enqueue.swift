import MartletCore
import MartletStore

extension ScanQueue {
    /// When and how a scan runs.
    struct Terms: Sendable {
        /// Higher ones go first among the tenant's jobs, -1000 to 1000.
        var priority: Int64 = 0
        /// Workers may take jobs of some queues only.
        var queue = JobRequest.defaultQueue
        /// Not before this moment of the database's clock; nil for at once.
        var runAt: Timestamp?
        /// While a job with this key is queued or running, another one is not added.
        var uniqueKey: String?
    }

    /// Adds a scan, its row and its job, within a transaction. Gives the scan's id: that of the one under way where the
    /// unique key finds one.
    ///
    /// - Throws: ``MartletError``: `not_found` when there is no such account, `usage` and what
    ///   ``check(_:of:tenant:_:)`` throws for what no worker could run; nothing has been written then.
    static func enqueue(
        _ order: ScanOrder, of account: AccountID, terms: Terms, _ connection: any Connection
    ) throws -> String {
        guard let key = try Accounts.key(of: account, connection) else {
            throw MartletError(.notFound, "The account has been removed.")
        }
        try check(order, of: key, tenant: account.tenant, connection)
        let now = try connection.now()
        let scan = ScanID.make(at: Timestamp(milliseconds: now))
        var request = JobRequest(id: scan, kind: .scan, payload: order.payload, account: account.account)
        request.version = ScanOrder.version
        request.priority = terms.priority
        request.queue = terms.queue
        request.runAt = terms.runAt
        request.uniqueKey = terms.uniqueKey
        let enqueued = try Jobs.enqueue(request, tenant: account.tenant, connection)
        guard enqueued.isNew else { return enqueued.id }
        try Scans.queue(
            id: scan, account: account, origin: order.source, scope: order.scope.rawValue, config: nil,
            filters: order.filters.isEmpty ? nil : order.filters.json.text, at: now, connection)
        return scan
    }
}
