import MartletCore

/// The audit log of a tenant: rows are added and read, never changed. On PostgreSQL the application role has no other right.
public enum AuditRecords {
    /// The longest detail that is kept, in bytes; what is longer says so instead.
    static let detailLimit = 16 << 10

    /// Adds an entry, in the transaction of the change that it tells of.
    public static func append(_ entry: AuditEntry, tenant: Int64, _ connection: any Connection) throws {
        let now = try connection.now()
        let actor = entry.actor
        try connection.execute(
            """
            INSERT INTO audit_log (tenant, id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id,
                detail, address, request_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                .int(tenant), .text(ScanID.make(at: Timestamp(milliseconds: now))), .int(now),
                .text(actor.kind.rawValue), .optional(actor.id), .text(actor.name), .text(entry.action),
                .text(entry.subjectType), .text(entry.subjectID), .text(text(of: entry.detail)),
                .optional(actor.address), .optional(actor.requestID),
            ])
    }

    /// Entries, the newest first.
    ///
    /// - Parameters:
    ///   - offset: How many of the newest to pass over.
    ///   - limit: The most to give.
    public static func entries(
        _ filter: AuditFilter, offset: Int64 = 0, limit: Int64, oldestFirst: Bool = false, tenant: Int64,
        _ connection: any Connection
    ) throws -> [AuditRow] {
        let (condition, values) = condition(filter, tenant)
        var rows: [AuditRow] = []
        try connection.query(
            """
            SELECT id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, detail, address, request_id
            FROM audit_log WHERE \(condition) ORDER BY id \(oldestFirst ? "ASC" : "DESC")
            LIMIT $\(values.count + 1) OFFSET $\(values.count + 2)
            """, values + [.int(limit), .int(offset)]
        ) { rows.append(row($0)) }
        return rows
    }

    /// How many entries a filter lets through, counted up to `limit`.
    public static func count(
        _ filter: AuditFilter, upTo limit: Int64, tenant: Int64, _ connection: any Connection
    ) throws -> Int64 {
        let (condition, values) = condition(filter, tenant)
        return try connection.first(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM audit_log WHERE \(condition) LIMIT $\(values.count + 1)) AS counted",
            values + [.int(limit)]
        ) { $0.int(0) } ?? 0
    }

    /// One entry, or nil.
    public static func entry(_ id: String, tenant: Int64, _ connection: any Connection) throws -> AuditRow? {
        try connection.first(
            """
            SELECT id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, detail, address, request_id
            FROM audit_log WHERE tenant = $1 AND id = $2
            """, [.int(tenant), .text(id)], row)
    }

    /// Removes at most `limit` entries that are older than a moment: retention, which runs as the owner of the tables.
    /// Gives the number removed.
    public static func prune(
        before time: Timestamp, limit: Int64, tenant: Int64, _ connection: any Connection
    ) throws -> Int {
        try connection.execute(
            """
            DELETE FROM audit_log WHERE tenant = $1 AND id IN
                (SELECT id FROM audit_log WHERE tenant = $1 AND at < $2 ORDER BY id LIMIT $3)
            """, [.int(tenant), .time(time), .int(limit)])
    }

    private static func condition(_ filter: AuditFilter, _ tenant: Int64) -> (text: String, values: [Value]) {
        var conditions = ["tenant = $1"]
        var values: [Value] = [.int(tenant)]
        func add(_ column: String, _ comparison: String, _ value: Value?) {
            guard let value else { return }
            values.append(value)
            conditions.append("\(column) \(comparison) $\(values.count)")
        }
        add("action", "=", filter.action.map { .text($0) })
        add("actor_id", "=", filter.actorID.map { .text($0) })
        add("subject_type", "=", filter.subjectType.map { .text($0) })
        add("subject_id", "=", filter.subjectID.map { .text($0) })
        add("at", ">=", filter.from.map { .time($0) })
        add("at", "<=", filter.until.map { .time($0) })
        return (conditions.joined(separator: " AND "), values)
    }

    private static func row(_ row: any Row) -> AuditRow {
        AuditRow(
            id: row.text(0), at: row.time(1),
            actor: Actor(
                Actor.Kind(rawValue: row.text(2)) ?? .system, id: row.optionalText(3), name: row.text(4),
                address: row.optionalText(9), requestID: row.optionalText(10)),
            action: row.text(5), subjectType: row.text(6), subjectID: row.text(7), detail: row.text(8))
    }

    private static func text(of detail: [(name: String, value: JSONValue)]) -> String {
        let text = JSONValue.object(detail.map { .init($0.name, $0.value) }).text
        return text.utf8.count <= detailLimit ? text : #"{"omitted":"longer than 16 KiB"}"#
    }
}
