import MartletCore

extension SecretRecords {
    /// What people call a secret, and how it lets in; nil leaves what is there.
    public static func setLabel(
        _ label: String??, access: String?, of name: String, tenant: Int64, _ connection: any Connection
    ) throws {
        if let label {
            try connection.execute(
                "UPDATE secrets SET label = $3 WHERE tenant = $1 AND name = $2",
                [.int(tenant), .text(name), .optional(label)])
        }
        if let access {
            try connection.execute(
                "UPDATE secrets SET access = $3 WHERE tenant = $1 AND name = $2",
                [.int(tenant), .text(name), .text(access)])
        }
    }
}
