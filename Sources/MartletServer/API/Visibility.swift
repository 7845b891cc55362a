/// The accounts of a tenant that a caller may see.
public enum Visibility: Sendable, Hashable {
    /// All, those to come included.
    case all
    /// Those with these numbers; the union over the groups of the caller's roles.
    case accounts(Set<Int64>)

    /// Whether the account with this number may be seen.
    public func includes(_ account: Int64) -> Bool {
        switch self {
        case .all: true
        case .accounts(let numbers): numbers.contains(account)
        }
    }
}
