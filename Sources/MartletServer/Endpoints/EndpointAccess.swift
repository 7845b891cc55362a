/// What a caller needs for an endpoint.
public enum EndpointAccess: Sendable, Hashable {
    /// Nothing; who asks is not found out.
    case open
    /// Any caller who is known.
    case authenticated
    /// A caller with this permission.
    case permission(Permission)
}
