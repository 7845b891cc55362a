import MartletCore

extension StoreReader {
    /// Accounts with their published posture, by provider and uid.
    public func accounts(_ filter: AccountFilter = .init()) throws -> [AccountRow] {
        var rows: [AccountRow] = []
        var ids: [AccountID] = []
        try connection.query(
            """
            SELECT id, provider, uid, name, organization, published, published_scan, observed_at, published_at,
                posture_version, pending, organization_name
            FROM accounts WHERE tenant = $1 ORDER BY provider, uid
            """, [.int(tenant)]
        ) { row in
            guard let provider = Provider(name: row.text(1)) else { return }
            let key = AccountKey(provider: provider, uid: row.text(2))
            guard matches(filter, key, name: row.text(3), number: row.int(0)) else { return }
            ids.append(AccountID(tenant: tenant, account: row.int(0)))
            rows.append(
                AccountRow(
                    account: key, name: row.text(3), organization: row.text(4),
                    organizationName: row.text(11), published: row.int(5),
                    scan: row.optionalText(6), observedAt: row.optionalTime(7), publishedAt: row.optionalTime(8),
                    postureVersion: row.int(9), pending: row.int(10) != 0, summary: PostureSummary(), resources: 0))
        }
        let places = Dictionary(ids.enumerated().map { ($1.account, $0) }) { first, _ in first }
        try addSummaries(to: &rows, places)
        try addResources(to: &rows, places)
        try requireKnown(filter, found: !rows.isEmpty)
        return rows
    }

    /// Accounts whose removal has not come to its end, by provider and uid.
    public func accountsInRemoval() throws -> [AccountKey] {
        var keys: [AccountKey] = []
        try connection.query(
            "SELECT DISTINCT provider, uid FROM account_removals WHERE tenant = $1 ORDER BY provider, uid",
            [.int(tenant)]
        ) { row in
            if let provider = Provider(name: row.text(0)) {
                keys.append(AccountKey(provider: provider, uid: row.text(1)))
            }
        }
        return keys
    }

    /// One statement, of one account or of all.
    private func addSummaries(to rows: inout [AccountRow], _ places: [Int64: Int]) throws {
        let (condition, values) = accounts(in: places)
        try connection.query(
            """
            SELECT p.account, p.status, p.severity, p.muted, p.findings
            FROM accounts a JOIN postures p ON p.tenant = $1 AND p.account = a.id AND p.opened_in <= a.published
                AND (p.closed_in IS NULL OR p.closed_in > a.published)
            WHERE a.tenant = $1\(condition)
            """, values
        ) { row in
            guard let place = places[row.int(0)], let status = Status(rawValue: Int(row.int(1))),
                let severity = Severity(rawValue: Int(row.int(2)))
            else { return }
            rows[place].summary.add(row.int(4), status: status, severity: severity, muted: row.int(3) != 0)
        }
    }

    private func addResources(to rows: inout [AccountRow], _ places: [Int64: Int]) throws {
        let (condition, values) = accounts(in: places)
        try connection.query(
            """
            SELECT a.id, s.counts FROM accounts a JOIN scans s ON s.tenant = $1 AND s.id = a.published_scan
            WHERE a.tenant = $1\(condition)
            """, values
        ) { row in
            guard let place = places[row.int(0)] else { return }
            rows[place].resources = try ScanDetails(text: row.text(1)).resources
        }
    }

    private func accounts(in places: [Int64: Int]) -> (condition: String, values: [Value]) {
        guard places.count == 1, let only = places.first?.key else { return ("", [.int(tenant)]) }
        return (" AND a.id = $2", [.int(tenant), .int(only)])
    }
}
