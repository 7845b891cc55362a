import MartletCore

/// Beginning and undoing of generations.
public enum Generations {
    /// Begins an attempt: undoes what an unpublished generation left behind and takes a number that was never used.
    public static func begin(_ account: AccountID, _ connection: any Connection) throws -> Int64 {
        let counters = try Accounts.counters(account, connection)
        if counters.generation > counters.published { try undo(account, after: counters.published, connection) }
        try connection.execute(
            "UPDATE accounts SET generation = generation + 1 WHERE tenant = $1 AND id = $2", account.values)
        return counters.generation + 1
    }

    /// Removes every row of the generations after the published one.
    public static func undo(_ account: AccountID, after published: Int64, _ connection: any Connection) throws {
        let values = account.values + [.int(published)]
        try connection.execute(
            "DELETE FROM findings WHERE tenant = $1 AND account = $2 AND opened_in > $3 AND closed_in IS NULL", values)
        try connection.execute(
            "DELETE FROM resource_tags WHERE tenant = $1 AND account = $2 AND opened_in > $3", values)
        try connection.execute("DELETE FROM resources WHERE tenant = $1 AND account = $2 AND opened_in > $3", values)
    }

    /// Whether rows of an unpublished generation other than `own` are there; publish refuses then.
    public static func hasStrayRows(
        _ account: AccountID, published: Int64, own: Int64, _ connection: any Connection
    ) throws -> Bool {
        // The ends of a range of the index of current findings, not the range: a look-up takes the index's order even while
        // the planner knows nothing of the table.
        var ends: [Int64] = []
        for order in ["ASC", "DESC"] {
            try connection.lookUp(
                """
                SELECT opened_in FROM findings WHERE tenant = $1 AND account = $2 AND closed_in IS NULL AND opened_in > $3
                ORDER BY opened_in \(order) LIMIT 1
                """, account.values, numbers: [published]
            ) { ends.append($1.int(0)) }
        }
        return ends.contains { $0 != own }
    }
}
