import MartletCore

extension StoreReader {
    /// The tenant's schedules, the oldest first.
    public func schedules() throws -> [ScheduleRow] { try schedules(where: "", []) }

    /// The schedule with an id, or else with a name; nil when there is none.
    public func schedule(_ name: String) throws -> ScheduleRow? {
        let rows = try schedules(where: "AND (s.id = $2 OR s.name = $2)", [.text(name)])
        return rows.first { $0.schedule.id == name } ?? rows.first
    }

    private func schedules(where condition: String, _ values: [Value]) throws -> [ScheduleRow] {
        let now = Timestamp(milliseconds: try connection.now())
        let columns = ScheduleRecord.columns
        var rows: [ScheduleRow] = []
        try connection.query(
            """
            SELECT \(columns.map { "s." + $0 }.joined(separator: ", ")), a.provider, a.uid, n.state
            FROM schedules s JOIN accounts a ON a.tenant = s.tenant AND a.id = s.account
            LEFT JOIN scans n ON n.tenant = s.tenant AND n.id = s.last_scan
            WHERE s.tenant = $1 \(condition) ORDER BY s.created_at, s.id
            """, [.int(tenant)] + values
        ) { row in
            guard let provider = Provider(name: row.text(columns.count)) else { return }
            rows.append(
                ScheduleRow(
                    schedule: ScheduleRecord(row, tenant: tenant),
                    account: AccountKey(provider: provider, uid: row.text(columns.count + 1)),
                    lastState: row.optionalText(columns.count + 2).flatMap(ScanState.init(rawValue:)), now: now))
        }
        return rows
    }
}
