/// What a role is to be; of a change, what is nil stays.
public struct RoleDraft: Sendable, Hashable {
    /// Unique in the tenant.
    public var name: String?
    /// What it allows.
    public var permissions: Permissions?
    /// Whether it shows every account.
    public var unlimitedVisibility: Bool?
    /// The ids of its provider groups.
    public var groups: [String]?
    /// The ids of the users who have it.
    public var users: [String]?

    /// Says nothing.
    public init() {}

    /// The role that a tenant's first owner gets: everything.
    public static let administrator: RoleDraft = {
        var draft = RoleDraft()
        draft.name = "admin"
        draft.permissions = .all
        draft.unlimitedVisibility = true
        return draft
    }()
}
