import MartletCore

extension StoreReader {
    /// Mutes with the number of published findings each covers, the oldest first.
    public func mutes() throws -> [MuteRow] {
        let counts = try mutedFindings()
        return try MuteRecords.all(tenant: tenant, connection).map { rule, createdAt in
            MuteRow(rule: rule, createdAt: createdAt, findings: counts[rule.id] ?? 0)
        }
    }

    /// How many published findings each mute covers, by the mutes' ids: looks at all that are muted.
    func mutedFindings() throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        try connection.query(
            """
            SELECT m.mute, COUNT(*) FROM accounts a JOIN finding_mutes m ON m.tenant = $1 AND m.account = a.id
            WHERE a.tenant = $1 AND m.closed_in IS NULL GROUP BY m.mute
            """, [.int(tenant)]
        ) { counts[$0.text(0)] = $0.int(1) }
        return counts
    }
}
