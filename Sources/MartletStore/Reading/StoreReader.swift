import MartletCore

/// Everything a reader may ask, inside one snapshot of the store.
///
/// Used on the connection's thread only, within ``Store/read(_:)`` or a transaction that writes.
public struct StoreReader {
    let connection: any Connection
    let tenant: Int64
    /// What was published up to this number is read; nil for what is published now.
    var asOfNumber: Int64?

    /// Reads in a transaction that is under way, such as one that looks at something before it changes it.
    ///
    /// - Parameter tenant: The number of the tenant whose scope the connection is in.
    public init(connection: any Connection, tenant: Int64) {
        self.connection = connection
        self.tenant = tenant
    }

    /// An account that a query concerns, and the generation at which it is read.
    struct View {
        var id: AccountID
        var key: AccountKey
        var generation: Int64
        /// Nothing newer is published, so that the indexes of what holds now serve.
        var isCurrent: Bool
        /// The version of what is published; it tells nothing of a past generation.
        var postureVersion: Int64
        /// The time of the source of the generation's scan.
        var observedAt: Timestamp
        /// Mutes were changed after this number: findings are shown as they were muted up to it. Nil where they were not.
        var mutesAsOf: Int64?
    }

    /// The accounts to read, each at its published generation, or the one account of a scan at the scan's.
    func views(_ filter: AccountFilter, at scan: String?) throws -> [View] {
        if let scan {
            guard let row = try self.scan(scan) else {
                throw MartletError(.notFound, "There is no scan \(scan); martlet scans lists them.")
            }
            guard row.state == .completed || row.state == .completedWithGaps else {
                throw MartletError(
                    .notFound, "The scan \(scan) is \(row.state.rawValue); only published scans can be read.")
            }
            guard let id = try Accounts.existingAccount(row.account, tenant: tenant, connection) else { return [] }
            try requireReadable(id, row.account, generation: row.generation, scan: row.id)
            let counters = try Accounts.counters(id, connection)
            var views = [
                View(
                    id: id, key: row.account, generation: row.generation,
                    isCurrent: row.generation == counters.published, postureVersion: counters.postureVersion,
                    observedAt: row.observedAt ?? row.queuedAt)
            ].filter { matches(filter, $0.key, name: "", number: $0.id.account) }
            try markChangedMutes(&views)
            return views
        }
        var views: [View] = []
        try connection.query(
            """
            SELECT id, provider, uid, name, published, observed_at, posture_version FROM accounts
            WHERE tenant = $1 AND published > 0 ORDER BY provider, uid
            """, [.int(tenant)]
        ) { row in
            guard let provider = Provider(name: row.text(1)) else { return }
            let key = AccountKey(provider: provider, uid: row.text(2))
            guard matches(filter, key, name: row.text(3), number: row.int(0)) else { return }
            views.append(
                View(
                    id: AccountID(tenant: tenant, account: row.int(0)), key: key, generation: row.int(4),
                    isCurrent: true, postureVersion: row.int(6), observedAt: row.time(5)))
        }
        try requireKnown(filter, found: !views.isEmpty)
        guard asOfNumber != nil else { return views }
        views = try moveBack(views)
        try markChangedMutes(&views)
        return views
    }

    /// Whether an account is one of those a filter names.
    func matches(_ filter: AccountFilter, _ key: AccountKey, name: String, number: Int64) -> Bool {
        guard filter.numbers?.contains(number) ?? true else { return false }
        guard filter.providers.isEmpty || filter.providers.contains(key.provider.name) else { return false }
        return filter.accounts.isEmpty
            || filter.accounts.contains { $0 == key.uid || $0 == key.description || !name.isEmpty && $0 == name }
    }

    /// An account that was asked for by name and does not exist is an error, not an empty answer.
    func requireKnown(_ filter: AccountFilter, found: Bool) throws {
        guard !found, !filter.accounts.isEmpty else { return }
        throw MartletError(
            .notFound,
            "There is no account \(filter.accounts.joined(separator: ", ")); martlet accounts lists them.")
    }

    /// The condition by which a version row `alias` holds at `$3`.
    static func holds(_ alias: String, current: Bool) -> String {
        current
            ? "\(alias).closed_in IS NULL AND \(alias).opened_in <= $3"
            : "\(alias).opened_in <= $3 AND (\(alias).closed_in IS NULL OR \(alias).closed_in > $3)"
    }
}
