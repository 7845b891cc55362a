/// A table of pairs of ids of one tenant.
enum LinkTable {
    case roleUsers, roleGroups, invitationRoles

    private var names: (table: String, left: String, right: String) {
        switch self {
        case .roleUsers: ("role_users", "role", "user_id")
        case .roleGroups: ("role_groups", "role", "provider_group")
        case .invitationRoles: ("invitation_roles", "invitation", "role")
        }
    }

    /// The pairs of a tenant by their left side, or by their right one.
    func pairs(
        byRight: Bool = false, tenant: Int64, _ connection: any Connection
    ) throws -> [String: [String]] {
        let (table, left, right) = names
        var pairs: [String: [String]] = [:]
        try connection.query(
            "SELECT \(left), \(right) FROM \(table) WHERE tenant = $1 ORDER BY \(left), \(right)", [.int(tenant)]
        ) { pairs[$0.text(byRight ? 1 : 0), default: []].append($0.text(byRight ? 0 : 1)) }
        return pairs
    }

    /// What stands on the right of one on the left.
    func rights(of left: String, tenant: Int64, _ connection: any Connection) throws -> [String] {
        try column(names.right, where: names.left, is: left, tenant, connection)
    }

    /// What stands on the left of one on the right.
    func lefts(of right: String, tenant: Int64, _ connection: any Connection) throws -> [String] {
        try column(names.left, where: names.right, is: right, tenant, connection)
    }

    /// Adds pairs that are not there yet.
    func add(_ left: String, _ rights: [String], tenant: Int64, _ connection: any Connection) throws {
        let (table, leftName, rightName) = names
        for right in rights {
            try connection.execute(
                """
                INSERT INTO \(table) (tenant, \(leftName), \(rightName)) VALUES ($1, $2, $3)
                ON CONFLICT (tenant, \(leftName), \(rightName)) DO NOTHING
                """, [.int(tenant), .text(left), .text(right)])
        }
    }

    /// Makes `rights` all that stand on the right of `left`.
    func replace(_ left: String, with rights: [String], tenant: Int64, _ connection: any Connection) throws {
        try remove(left: left, tenant: tenant, connection)
        try add(left, rights, tenant: tenant, connection)
    }

    /// Makes `lefts` all that stand on the left of `right`.
    func replace(right: String, with lefts: [String], tenant: Int64, _ connection: any Connection) throws {
        try remove(right: right, tenant: tenant, connection)
        for left in lefts { try add(left, [right], tenant: tenant, connection) }
    }

    /// Removes every pair with this on the left.
    func remove(left: String, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM \(names.table) WHERE tenant = $1 AND \(names.left) = $2", [.int(tenant), .text(left)])
    }

    /// Removes every pair with this on the right.
    func remove(right: String, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM \(names.table) WHERE tenant = $1 AND \(names.right) = $2", [.int(tenant), .text(right)])
    }

    private func column(
        _ column: String, where condition: String, is value: String, _ tenant: Int64, _ connection: any Connection
    ) throws -> [String] {
        var values: [String] = []
        try connection.query(
            "SELECT \(column) FROM \(names.table) WHERE tenant = $1 AND \(condition) = $2 ORDER BY \(column)",
            [.int(tenant), .text(value)]
        ) { values.append($0.text(0)) }
        return values
    }
}
