/// Whose rows a transaction may see. SQLite knows one user and ignores it.
public enum DatabaseScope: Sendable, Hashable {
    /// The login itself: migrations and inspection.
    case owner
    /// One tenant's rows, by the application role.
    case tenant(Int64)
    /// The queue of all tenants, by the dispatch role: fences, leases and the list of tenants, and no findings.
    case dispatch
}
