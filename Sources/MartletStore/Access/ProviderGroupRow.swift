import MartletCore

/// A group of accounts, by which roles show them.
public struct ProviderGroupRow: Sendable, Hashable {
    /// A UUID.
    public var id: String
    /// Unique in the tenant.
    public var name: String
    /// Raised by every change.
    public var version: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// The numbers of its accounts.
    public var accounts: [Int64] = []
    /// The ids of the roles that show it.
    public var roles: [String] = []

    static let columns = "id, name, version, created_at, updated_at"

    init(_ row: any Row) {
        id = row.text(0)
        name = row.text(1)
        version = row.int(2)
        createdAt = row.time(3)
        updatedAt = row.time(4)
    }
}
