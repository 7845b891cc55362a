import MartletCore

extension StoreReader {
    /// Mutes with the number of published findings each covers, the oldest first.
    public func mutes() throws -> [MuteRow] {
        var counts: [String: Int64] = [:]
        try connection.query(
            "SELECT mute, COUNT(*) FROM finding_mutes WHERE tenant = $1 AND closed_in IS NULL GROUP BY mute",
            [.int(tenant)]
        ) { counts[$0.text(0)] = $0.int(1) }
        return try MuteRecords.all(tenant: tenant, connection).map { rule, createdAt in
            MuteRow(rule: rule, createdAt: createdAt, findings: counts[rule.id] ?? 0)
        }
    }
}
