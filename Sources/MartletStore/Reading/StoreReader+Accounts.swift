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
            guard matches(filter, key, name: row.text(3)) else { return }
            ids.append(AccountID(tenant: tenant, account: row.int(0)))
            rows.append(
                AccountRow(
                    account: key, name: row.text(3), organization: row.text(4),
                    organizationName: row.text(11), published: row.int(5),
                    scan: row.optionalText(6), observedAt: row.optionalTime(7), publishedAt: row.optionalTime(8),
                    postureVersion: row.int(9), pending: row.int(10) != 0, summary: PostureSummary(), resources: 0))
        }
        for (index, id) in ids.enumerated() {
            rows[index].summary = try summary(id, generation: rows[index].published)
            if let scan = rows[index].scan { rows[index].resources = try self.scan(scan)?.resources ?? 0 }
        }
        try requireKnown(filter, found: !rows.isEmpty)
        return rows
    }

    private func summary(_ id: AccountID, generation: Int64) throws -> PostureSummary {
        var summary = PostureSummary()
        try connection.query(
            """
            SELECT status, severity, muted, findings FROM postures WHERE tenant = $1 AND account = $2
            AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3)
            """, id.values + [.int(generation)]
        ) { row in
            guard let status = Status(rawValue: Int(row.int(0))), let severity = Severity(rawValue: Int(row.int(1)))
            else { return }
            summary.add(row.int(3), status: status, severity: severity, muted: row.int(2) != 0)
        }
        return summary
    }
}
