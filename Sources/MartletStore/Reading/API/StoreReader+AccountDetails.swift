import MartletCore

extension StoreReader {
    /// Accounts by provider and uid; those of `numbers` where it is given. One statement, three where
    /// the past is read.
    public func accountDetails(_ numbers: Set<Int64>? = nil) throws -> [AccountDetail] {
        var rows: [AccountDetail] = []
        try connection.query(
            """
            SELECT a.id, a.provider, a.uid, a.alias, a.name, COALESCE(a.created_at,
                    (SELECT MIN(s.queued_at) FROM scans s WHERE s.tenant = $1 AND s.account = a.id), 0),
                a.updated_at, a.connected, a.checked_at, a.published, a.published_scan, a.published_at, a.observed_at,
                a.posture_version, a.pending
            FROM accounts a WHERE a.tenant = $1 ORDER BY a.provider, a.uid
            """, [.int(tenant)]
        ) { row in
            guard let provider = Provider(name: row.text(1)), numbers?.contains(row.int(0)) ?? true else { return }
            rows.append(
                AccountDetail(
                    number: row.int(0), key: AccountKey(provider: provider, uid: row.text(2)),
                    alias: row.optionalText(3), name: row.text(4), createdAt: row.time(5),
                    updatedAt: row.optionalTime(6) ?? row.time(5), isConnected: row.optionalInt(7).map { $0 != 0 },
                    checkedAt: row.optionalTime(8), published: row.int(9), scan: row.optionalText(10),
                    publishedAt: row.optionalTime(11), observedAt: row.optionalTime(12), postureVersion: row.int(13),
                    isPending: row.int(14) != 0))
        }
        guard asOfNumber != nil else { return rows }
        let superseded = try superseded()
        for place in rows.indices {
            guard let then = superseded[rows[place].number] else { continue }
            rows[place].published = then?.generation ?? 0
            rows[place].scan = then?.scan
            rows[place].publishedAt = then?.finishedAt
            rows[place].observedAt = then?.observedAt
        }
        return rows
    }

    /// Everything on which an answer about these accounts depends, as far as it changes: their numbers, what is published
    /// of each, and in which version. Two equal stamps mean equal answers to every question about published postures.
    public func postureStamp(_ numbers: Set<Int64>?) throws -> ContentHash {
        var hasher = ContentHasher()
        var last: [Int64] = []
        try connection.query(
            "SELECT id, posture_version, pending, published, updated_at, checked_at FROM accounts WHERE tenant = $1 ORDER BY id",
            [.int(tenant)]
        ) { row in
            guard numbers?.contains(row.int(0)) ?? true else { return }
            for column in 0..<6 { last.append(row.int(column)) }
        }
        hasher.add(tenant)
        for number in last { hasher.add(number) }
        return hasher.finish()
    }

    /// The UUIDs of the tenant's accounts.
    public func accountIdentifiers() throws -> AccountIdentifiers {
        try AccountIdentifiers.load(tenant: tenant, connection)
    }
}
