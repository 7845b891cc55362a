import MartletCore

extension MuteRecords {
    /// How long a list may be read on by its cursors, in milliseconds: 7 days. What changes of mutes replaced is kept for as
    /// long.
    public static let changesLifetime: Int64 = 7 * 24 * 3_600_000

    /// Writes down what is covered before a change of a generation that is published, for each finding that it concerns.
    ///
    /// - Parameter stage: The differences, not applied yet; nil where nothing was covered and the new rows are there.
    static func keepChanges(
        _ account: AccountID, generation: Int64, stage: String?, _ connection: any Connection
    ) throws {
        let now = try connection.now()
        try connection.execute(
            "DELETE FROM mute_changes WHERE tenant = $1 AND account = $2 AND changed_at < $3",
            account.values + [.int(now - changesLifetime)])
        let changed =
            if let stage {
                """
                m.mute, m.reason, $4 FROM (SELECT DISTINCT fingerprint FROM \(stage)) s
                LEFT JOIN finding_mutes m ON m.tenant = $1 AND m.account = $2 AND m.fingerprint = s.fingerprint
                    AND m.closed_in IS NULL
                """
            } else {
                "NULL, NULL, $4 FROM finding_mutes s WHERE s.tenant = $1 AND s.account = $2 AND s.opened_in = $3"
            }
        try connection.execute(
            """
            INSERT INTO mute_changes (tenant, account, generation, fingerprint, number, mute, reason, changed_at)
            SELECT $1, $2, $3, s.fingerprint, 0, \(changed)
            """, account.values + [.int(generation), .int(now)])
    }

    /// Gives a change of mutes its place among what was published; the last statement of its transaction, because others
    /// that publish wait from here on. Does nothing where nothing was covered or uncovered.
    public static func numberChanges(
        of account: AccountID, generation: Int64, _ connection: any Connection
    ) throws {
        let values = account.values + [.int(generation)]
        let new = "tenant = $1 AND account = $2 AND generation = $3 AND number = 0"
        let found = try connection.first("SELECT 1 FROM mute_changes WHERE \(new) LIMIT 1", values) { _ in true }
        guard found == true else { return }
        try Scans.raisePublishNumber(tenant: account.tenant, connection)
        try connection.execute(
            """
            UPDATE mute_changes SET number = (SELECT publish_number FROM tenants WHERE id = $1) WHERE \(new)
            """, values)
    }
}
