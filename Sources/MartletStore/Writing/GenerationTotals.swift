import MartletCore

/// What a generation opened, counted from its rows.
public struct GenerationTotals: Sendable, Hashable {
    /// Versions opened, by how they differ from the version before.
    public var opened: [Delta: Int64] = [:]
    /// Versions that are PASS after FAIL.
    public var resolved: Int64 = 0
    /// Versions that are FAIL again.
    public var reopened: Int64 = 0

    /// Counts the versions that the generation opened, in one query.
    public static func count(
        _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws -> GenerationTotals {
        var totals = GenerationTotals()
        try connection.query(
            """
            SELECT delta, transition, COUNT(*) FROM findings
            WHERE tenant = $1 AND account = $2 AND opened_in = $3 AND closed_in IS NULL GROUP BY delta, transition
            """, account.values + [.int(generation)]
        ) { row in
            let count = row.int(2)
            if let delta = Delta(rawValue: Int(row.int(0))) { totals.opened[delta, default: 0] += count }
            switch Transition(rawValue: Int(row.int(1))) {
            case .resolved: totals.resolved += count
            case .reopened: totals.reopened += count
            default: break
            }
        }
        return totals
    }
}
