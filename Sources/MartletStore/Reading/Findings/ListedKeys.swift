import MartletCore

/// Keys of findings that are named one by one, or by their resources: few of many, found without walking the list.
struct ListedKeys {
    /// In the order that was asked for, behind the position.
    private(set) var keys: [FindingKey] = []

    /// Fingerprints and resources that one filter may name.
    static let maximum = 1_000

    init(
        _ filter: FindingFilter, _ views: [Int64: StoreReader.View], after position: FindingPosition?,
        _ order: FindingOrder, _ connection: any Connection
    ) throws {
        let named = max(filter.fingerprints?.count ?? 0, filter.resourceNumbers?.count ?? 0)
        guard named <= Self.maximum else {
            throw MartletError(.limit, "A filter may name \(Self.maximum) findings or resources.")
        }
        guard let first = views.values.first else { return }
        if let fingerprints = filter.fingerprints {
            try read(fingerprints, views, tenant: first.id.tenant, connection)
        } else {
            try read(filter.resourceNumbers ?? [], views, connection)
        }
        keys = keys.filter { key in
            (filter.statuses.isEmpty || filter.statuses.contains(key.position.status))
                && (filter.severities.isEmpty || filter.severities.contains(key.position.severity))
        }
        keys = try order.sorted(keys, Array(views.values), tenant: first.id.tenant, connection)
        if let position, let place = keys.firstIndex(where: { $0.position == position }) {
            keys.removeFirst(place + 1)
        } else if let position, order.isNatural {
            keys.removeAll { !(position < $0.position) }
        }
    }

    /// One statement for each fingerprint.
    private mutating func read(
        _ fingerprints: Set<ContentHash>, _ views: [Int64: StoreReader.View], tenant: Int64,
        _ connection: any Connection
    ) throws {
        let accounts = views.keys.sorted()
        for fingerprint in fingerprints.sorted() {
            var found: [FindingKey] = []
            try connection.lookUp(
                """
                SELECT \(FindingKey.columns), f.closed_in FROM findings f
                WHERE f.tenant = $1 AND f.fingerprint = $2 AND f.account = $3 ORDER BY f.opened_in
                """, [.int(tenant), .hash(fingerprint)], numbers: accounts
            ) { place, row in
                let key = FindingKey(row)
                guard let view = views[accounts[place]], key.openedIn <= view.generation else { return }
                // On what is published nothing is closed above it.
                guard row.isNull(14) || row.int(14) > view.generation else { return }
                found.append(key)
            }
            keys += found
        }
    }

    /// One statement for each account.
    private mutating func read(
        _ resources: Set<ResourceNumber>, _ views: [Int64: StoreReader.View], _ connection: any Connection
    ) throws {
        for (account, numbers) in Dictionary(grouping: resources, by: \.account).sorted(by: { $0.key < $1.key }) {
            guard let view = views[account] else { continue }
            try connection.query(
                """
                SELECT \(FindingKey.columns) FROM findings f WHERE f.tenant = $1 AND f.account = $2
                AND \(StoreReader.holds("f", current: view.isCurrent))
                AND f.resource IN (\(StoreReader.list(numbers.map(\.resource))))
                """, view.id.values + [.int(view.generation)]
            ) { keys.append(FindingKey($0)) }
        }
    }
}
