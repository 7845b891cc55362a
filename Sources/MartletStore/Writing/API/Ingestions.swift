import MartletCore

/// Rows of uploads: the file in parts, and the scans that take it in.
public enum Ingestions {
    /// Bytes of a part.
    public static let partBytes = 256 << 10

    /// An upload begins.
    public static func begin(
        _ id: String, name: String, scope: String, createdBy: String?, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO ingestions (tenant, id, state, name, scope, created_at, created_by)
            VALUES ($1, $2, 'uploading', $3, $4, $5, $6)
            """,
            [
                .int(tenant), .text(id), .text(name), .text(scope), .int(try connection.now()), .optional(createdBy),
            ])
    }

    /// The next part of the file.
    public static func append(
        _ content: [UInt8], part: Int64, to id: String, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            "INSERT INTO ingestion_parts (tenant, ingestion, part, content) VALUES ($1, $2, $3, $4)",
            [.int(tenant), .text(id), .int(part), .bytes(content)])
        try connection.execute(
            "UPDATE ingestions SET size = size + $3 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .int(Int64(content.count))])
    }

    /// A part of the file; nil after the last.
    public static func part(
        _ number: Int64, of id: String, tenant: Int64, _ connection: any Connection
    ) throws -> [UInt8]? {
        try connection.first(
            "SELECT content FROM ingestion_parts WHERE tenant = $1 AND ingestion = $2 AND part = $3",
            [.int(tenant), .text(id), .int(number)]
        ) { $0.bytes(0) }
    }

    /// How far an upload has come.
    public static func setState(_ state: String, of id: String, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE ingestions SET state = $3 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .text(state)])
    }

    /// The file has been looked through.
    public static func setCounts(
        total: Int64, invalid: Int64, of id: String, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE ingestions SET state = 'processing', total = $3, invalid = $4 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .int(total), .int(invalid)])
    }

    /// The scan that takes in what the file says of an account. It is known once, however often the file is looked through.
    public static func addScan(
        _ scan: String, of account: AccountID, to id: String, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO ingestion_scans (tenant, ingestion, account, scan) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant, ingestion, account) DO NOTHING
            """, [.int(account.tenant), .text(id), .int(account.account), .text(scan)])
    }

    /// Whether the file has a scan of an account already.
    public static func hasScan(of account: AccountID, in id: String, _ connection: any Connection) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM ingestion_scans WHERE tenant = $1 AND ingestion = $2 AND account = $3",
            [.int(account.tenant), .text(id), .int(account.account)]
        ) { _ in true } == true
    }

    /// Whether the file is here whole.
    public static func isReadable(_ id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM ingestions i WHERE i.tenant = $1 AND i.id = $2 AND i.state <> 'uploading'
            AND EXISTS (SELECT 1 FROM ingestion_parts p WHERE p.tenant = $1 AND p.ingestion = $2 AND p.part = 0)
            """, [.int(tenant), .text(id)]
        ) { _ in true } == true
    }

    /// Removes the parts of files that nobody reads any more: those all of whose scans are published, those that are older
    /// than a week, and those whose upload broke off a day ago.
    public static func prune(tenant: Int64, _ connection: any Connection) throws {
        let now = try connection.now()
        try connection.execute(
            """
            DELETE FROM ingestion_parts WHERE tenant = $1 AND ingestion IN (
                SELECT i.id FROM ingestions i WHERE i.tenant = $1 AND (i.created_at < $2
                    OR i.state = 'uploading' AND i.created_at < $3
                    OR i.state = 'processing' AND NOT EXISTS (
                        SELECT 1 FROM ingestion_scans x JOIN scans s ON s.tenant = $1 AND s.id = x.scan
                        WHERE x.tenant = $1 AND x.ingestion = i.id
                        AND s.state NOT IN ('completed', 'completed_with_gaps'))))
            """, [.int(tenant), .int(now - 7 * 86_400_000), .int(now - 86_400_000)])
    }

    /// Removes an upload that broke off.
    public static func remove(_ id: String, tenant: Int64, _ connection: any Connection) throws {
        for (table, column) in [
            ("ingestion_parts", "ingestion"), ("ingestion_scans", "ingestion"), ("ingestions", "id"),
        ] {
            try connection.execute(
                "DELETE FROM \(table) WHERE tenant = $1 AND \(column) = $2", [.int(tenant), .text(id)])
        }
    }
}
