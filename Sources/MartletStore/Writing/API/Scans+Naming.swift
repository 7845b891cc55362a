import MartletCore

extension Scans {
    /// What a user calls the scan; nil for no name. False when there is no such scan.
    public static func setName(_ name: String?, id: String, tenant: Int64, _ connection: any Connection) throws -> Bool
    {
        try connection.execute(
            "UPDATE scans SET name = $3 WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id), .optional(name)]) == 1
    }

    /// Gives the scan the tenant's next publish number. It is the last change of a publish: whoever publishes at the same
    /// time waits for this transaction, so numbers become visible in their order.
    public static func number(_ id: String, tenant: Int64, _ connection: any Connection) throws {
        try raisePublishNumber(tenant: tenant, connection)
        try connection.execute(
            """
            UPDATE scans SET publish_number = (SELECT publish_number FROM tenants WHERE id = $1)
            WHERE tenant = $1 AND id = $2
            """, [.int(tenant), .text(id)])
    }

    /// Draws the tenant's next publish number; whoever else draws one waits for the end of this transaction.
    static func raisePublishNumber(tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE tenants SET publish_number = publish_number + 1 WHERE id = $1", [.int(tenant)])
    }
}
