import MartletCore

/// Users, who belong to no tenant: the dispatch role keeps them, a tenant sees those who are its members.
public enum UserRecords {
    /// Makes a user; as the dispatch role. Throws ``MartletError`` `conflict` when the email is taken.
    public static func create(_ draft: UserDraft, _ connection: any Connection) throws -> UserRow {
        try AccessLock.takeUsers(connection)
        let now = try connection.now()
        let id = ScanID.make(at: Timestamp(milliseconds: now))
        let rows = try connection.execute(
            """
            INSERT INTO users (id, email, name, company_name, password, issuer, subject, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (email) DO NOTHING
            """,
            [
                .text(id), .text(draft.email), .text(draft.name), .text(draft.companyName), .optional(draft.password),
                .optional(draft.identity?.issuer), .optional(draft.identity?.subject), .int(now),
            ])
        guard rows == 1, let user = try user(id, connection) else { throw emailTaken }
        return user
    }

    /// A user, or nil: of all as the dispatch role, of the members as a tenant.
    public static func user(_ id: String, _ connection: any Connection) throws -> UserRow? {
        try connection.first("SELECT \(UserRow.columns) FROM users WHERE id = $1", [.text(id)]) { UserRow($0) }
    }

    /// A member of a tenant, or nil.
    public static func user(_ id: String, tenant: Int64, _ connection: any Connection) throws -> UserRow? {
        guard try MembershipRecords.membership(of: id, tenant: tenant, connection) != nil else { return nil }
        return try user(id, connection)
    }

    /// The members of a tenant, by email.
    public static func members(tenant: Int64, _ connection: any Connection) throws -> [UserRow] {
        var rows: [UserRow] = []
        // The condition says again what the policy says, for the database that has none.
        try connection.query(
            """
            SELECT \(UserRow.columns) FROM users
            WHERE id IN (SELECT user_id FROM memberships WHERE tenant = $1) ORDER BY email
            """, [.int(tenant)]
        ) { rows.append(UserRow($0)) }
        return rows
    }

    /// What a login with this email is checked against; as the dispatch role.
    public static func credentials(email: String, _ connection: any Connection) throws -> UserCredentials? {
        try credentials(where: "email = $1", [.text(email)], connection)
    }

    /// What a login of a user is checked against; as the dispatch role.
    public static func credentials(id: String, _ connection: any Connection) throws -> UserCredentials? {
        try credentials(where: "id = $1", [.text(id)], connection)
    }

    /// The user whom an identity provider knows by this subject; as the dispatch role.
    public static func credentials(
        issuer: String, subject: String, _ connection: any Connection
    ) throws -> UserCredentials? {
        try credentials(where: "issuer = $1 AND subject = $2", [.text(issuer), .text(subject)], connection)
    }

    /// Changes what is given; as the dispatch role. A new password makes every token void. Throws ``MartletError``
    /// `conflict` when the email is another user's.
    public static func change(_ id: String, to change: UserChange, _ connection: any Connection) throws {
        try AccessLock.takeUsers(connection)
        if let email = change.email {
            let owner = try connection.first("SELECT id FROM users WHERE email = $1", [.text(email)]) { $0.text(0) }
            guard owner == nil || owner == id else { throw emailTaken }
        }
        try connection.execute(
            """
            UPDATE users SET email = COALESCE($2, email), name = COALESCE($3, name),
                company_name = COALESCE($4, company_name), password = COALESCE($5, password),
                active = COALESCE($6, active), epoch = epoch + $7, version = version + 1, updated_at = $8
            WHERE id = $1
            """,
            [
                .text(id), .optional(change.email), .optional(change.name), .optional(change.companyName),
                .optional(change.password), .optional(change.isActive.map { $0 ? 1 : 0 }),
                .int(change.password != nil || change.isActive == false ? 1 : 0), .int(try connection.now()),
            ])
    }

    /// Binds a user to an identity provider's subject; as the dispatch role.
    public static func bind(
        _ id: String, issuer: String, subject: String, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE users SET issuer = $2, subject = $3 WHERE id = $1", [.text(id), .text(issuer), .text(subject)])
    }

    /// Whether a user is bound to an identity provider's subject; as the dispatch role.
    public static func isBound(_ id: String, _ connection: any Connection) throws -> Bool {
        try connection.first("SELECT 1 FROM users WHERE id = $1 AND issuer IS NOT NULL", [.text(id)]) { _ in true }
            == true
    }

    /// Remembers a login, and a hash of the password by today's parameters where there is one; as the dispatch role.
    public static func loggedIn(_ id: String, rehashed: String?, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE users SET last_login_at = $2, password = COALESCE($3, password) WHERE id = $1",
            [.text(id), .int(try connection.now()), .optional(rehashed)])
    }

    /// Removes a user, whose memberships have gone before; as the dispatch role.
    public static func remove(_ id: String, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM users WHERE id = $1", [.text(id)])
    }

    /// Whether there is any user; as the dispatch role.
    public static func hasAny(_ connection: any Connection) throws -> Bool {
        try connection.first("SELECT 1 FROM users LIMIT 1") { _ in true } == true
    }

    private static var emailTaken: MartletError {
        MartletError(.conflict, "There is a user with this email already.", place: "/data/attributes/email")
    }

    private static func credentials(
        where condition: String, _ values: [Value], _ connection: any Connection
    ) throws -> UserCredentials? {
        try connection.first(
            "SELECT \(UserRow.columns), password, epoch FROM users WHERE \(condition)", values
        ) { UserCredentials(user: UserRow($0), password: $0.optionalText(9), epoch: $0.int(10)) }
    }
}
