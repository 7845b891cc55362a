import MartletCore

/// A user, without the password.
public struct UserRow: Sendable, Hashable {
    /// A UUID.
    public var id: String
    /// In lower case; unique in the installation.
    public var email: String
    /// The name for people.
    public var name: String
    /// Where the user works; may be empty.
    public var companyName: String
    /// Whether the user may log in.
    public var isActive: Bool
    /// Raised by every change.
    public var version: Int64
    /// When the user was made.
    public var createdAt: Timestamp
    /// When the user was last changed.
    public var updatedAt: Timestamp
    /// The last login; nil where there was none.
    public var lastLoginAt: Timestamp?

    static let columns = "id, email, name, company_name, active, version, created_at, updated_at, last_login_at"

    init(_ row: any Row) {
        self.init(
            id: row.text(0), email: row.text(1), name: row.text(2), companyName: row.text(3),
            isActive: row.int(4) != 0, version: row.int(5), createdAt: row.time(6), updatedAt: row.time(7),
            lastLoginAt: row.optionalTime(8))
    }

    /// Puts one together.
    public init(
        id: String, email: String, name: String, companyName: String, isActive: Bool, version: Int64,
        createdAt: Timestamp, updatedAt: Timestamp, lastLoginAt: Timestamp?
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.companyName = companyName
        self.isActive = isActive
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.lastLoginAt = lastLoginAt
    }
}
