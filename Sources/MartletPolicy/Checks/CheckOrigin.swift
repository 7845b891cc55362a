/// Where a check comes from.
public enum CheckOrigin: String, Sendable, Hashable, CaseIterable {
    /// Compiled into the program.
    case shipped
    /// Added by the tenant.
    case tenant
}
