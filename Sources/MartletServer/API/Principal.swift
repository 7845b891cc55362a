/// Who makes a request: a user in one of their tenants, by a token or an API key.
public struct Principal: Sendable, Hashable {
    /// The number of the tenant in the store.
    public var tenant: Int64
    /// The public id of the tenant, a UUID.
    public var tenantID: String
    /// The user's id, a UUID; of an API key, the user who made it.
    public var user: String
    /// What was shown, for the log and for limits: `token:` or `key:` with an id that is no secret.
    public var credential: String
    /// What the caller may do: the union over their roles.
    public var permissions: Set<Permission>
    /// What the caller may see.
    public var visibility: Visibility
    /// The tenant is being removed: it can be looked at, and nothing in it changes.
    public var isInRemoval = false

    /// A caller of their parts.
    public init(
        tenant: Int64, tenantID: String, user: String, credential: String, permissions: Set<Permission>,
        visibility: Visibility
    ) {
        self.tenant = tenant
        self.tenantID = tenantID
        self.user = user
        self.credential = credential
        self.permissions = permissions
        self.visibility = visibility
    }
}
