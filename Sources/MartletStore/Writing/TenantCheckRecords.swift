import MartletCore

/// Checks of a tenant's own and changed parameters. What the files say is nothing the store knows.
public enum TenantCheckRecords {
    /// Keeps a check's files in place of those it had.
    public static func set(
        _ check: String, files: String, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO tenant_checks (tenant, check_id, files, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
            ON CONFLICT (tenant, check_id) DO UPDATE SET files = excluded.files, updated_at = excluded.updated_at
            """, [.int(tenant), .text(check), .text(files), .int(try connection.now())])
    }

    /// Removes a check; false when there is none. Changed parameters stay, in case it comes back.
    public static func remove(_ check: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            "DELETE FROM tenant_checks WHERE tenant = $1 AND check_id = $2", [.int(tenant), .text(check)]) > 0
    }

    /// The changed parameters of a check, as a JSON object; nil when there are none.
    public static func parameters(
        of check: String, tenant: Int64, _ connection: any Connection
    ) throws -> String? {
        try connection.first(
            "SELECT changes FROM check_parameters WHERE tenant = $1 AND check_id = $2", [.int(tenant), .text(check)]
        ) { $0.text(0) }
    }

    /// Keeps the changed parameters of a check; nil goes back to the defaults.
    public static func setParameters(
        of check: String, to changes: String?, tenant: Int64, _ connection: any Connection
    ) throws {
        guard let changes else {
            try connection.execute(
                "DELETE FROM check_parameters WHERE tenant = $1 AND check_id = $2", [.int(tenant), .text(check)])
            return
        }
        try connection.execute(
            """
            INSERT INTO check_parameters (tenant, check_id, changes, updated_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant, check_id) DO UPDATE SET changes = excluded.changes, updated_at = excluded.updated_at
            """, [.int(tenant), .text(check), .text(changes), .int(try connection.now())])
    }
}
