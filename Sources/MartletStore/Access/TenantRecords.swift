import MartletCore

/// Tenants, as the API knows them. All of this runs as the dispatch role, which sees every tenant.
public enum TenantRecords {
    /// Gives an id to every tenant that has none.
    public static func identifyAll(_ connection: any Connection) throws {
        var numbers: [Int64] = []
        try connection.query("SELECT id FROM tenants WHERE uid IS NULL ORDER BY id") { numbers.append($0.int(0)) }
        guard !numbers.isEmpty else { return }
        try connection.lock(.tenants)
        let now = try connection.now()
        for number in numbers {
            try connection.execute(
                """
                UPDATE tenants SET uid = $2, created_at = CASE WHEN created_at = 0 THEN $3 ELSE created_at END,
                    updated_at = $3
                WHERE id = $1 AND uid IS NULL
                """, [.int(number), .text(ScanID.make(at: Timestamp(milliseconds: now))), .int(now)])
        }
    }

    /// The tenant of an id, or nil.
    public static func tenant(uid: String, _ connection: any Connection) throws -> TenantRow? {
        try connection.first("SELECT \(columns) FROM tenants WHERE uid = $1", [.text(uid)], row)
    }

    /// The tenant of a number, or nil.
    public static func tenant(number: Int64, _ connection: any Connection) throws -> TenantRow? {
        try connection.first("SELECT \(columns) FROM tenants WHERE id = $1 AND uid IS NOT NULL", [.int(number)], row)
    }

    /// The tenants that a user is a member of, in the order in which the user joined.
    public static func tenants(of user: String, _ connection: any Connection) throws -> [TenantRow] {
        var rows: [TenantRow] = []
        let columns = Self.columnNames.map { "t." + $0 }.joined(separator: ", ")
        try connection.query(
            """
            SELECT \(columns) FROM memberships m JOIN tenants t ON t.id = m.tenant
            WHERE m.user_id = $1 AND t.uid IS NOT NULL ORDER BY m.created_at, m.id
            """, [.text(user)]
        ) { rows.append(row($0)) }
        return rows
    }

    /// Makes a tenant. The command line names it by `name` while nobody else has this name, otherwise by one made of it.
    public static func create(name: String, _ connection: any Connection) throws -> TenantRow {
        try connection.lock(.tenants)
        let now = try connection.now()
        let uid = ScanID.make(at: Timestamp(milliseconds: now))
        let isTaken = try Accounts.existingTenant(named: name, connection) != nil
        let key = isTaken ? "\(name) (\(uid.suffix(12)))" : name
        try connection.execute(
            """
            INSERT INTO tenants (id, name, uid, title, created_at, updated_at)
            VALUES (\(Accounts.nextTenant), $1, $2, $3, $4, $4)
            """, [.text(key), .text(uid), .text(name), .int(now)])
        guard let tenant = try tenant(uid: uid, connection) else {
            throw MartletError(.database, "The tenant could not be made.")
        }
        return tenant
    }

    /// Gives a tenant another name for people; on the command line it keeps the one it was made with.
    public static func rename(_ number: Int64, to name: String, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE tenants SET title = $2, updated_at = $3, version = version + 1 WHERE id = $1",
            [.int(number), .text(name), .int(try connection.now())])
    }

    private static let columnNames = [
        "id", "uid", "name", "title", "version", "created_at", "updated_at", "removing_at",
    ]
    private static var columns: String { columnNames.joined(separator: ", ") }

    private static func row(_ row: any Row) -> TenantRow {
        TenantRow(
            number: row.int(0), uid: row.text(1), name: row.optionalText(3) ?? row.text(2), version: row.int(4),
            createdAt: row.time(5), updatedAt: row.time(6), removingAt: row.optionalTime(7))
    }
}
