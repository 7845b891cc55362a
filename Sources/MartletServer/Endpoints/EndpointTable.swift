/// All endpoints of the server; one line a group, each in a file of its own.
public enum EndpointTable {
    /// Every endpoint.
    public static let all: [Endpoint] = [
        OperationEndpoints.all,
        DocumentEndpoints.all,
        EventEndpoints.all,
        TokenEndpoints.all, UserEndpoints.all, TenantEndpoints.all, MembershipEndpoints.all, InvitationEndpoints.all,
        RoleEndpoints.all, APIKeyEndpoints.all, ProviderGroupEndpoints.all, AuditEndpoints.all,
        DataEndpoints.all,
    ].flatMap { (group: [Endpoint]) in group }
}
