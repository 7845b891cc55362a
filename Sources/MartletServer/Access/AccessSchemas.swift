/// The resources of access, as answers give them and as requests take them.
enum AccessSchemas {
    static let token = ResourceSchema(
        "tokens", component: "Token",
        attributes: [
            Property("access", .string(), "The access token, for `Authorization: Bearer …`."),
            Property("refresh", .string(), "The refresh token, which is good for one refresh."),
        ])
    static let tokenRequest = ResourceSchema(
        "tokens", component: "TokenRequest", id: nil,
        attributes: [
            Property("email", .string(maxLength: 254), required: true),
            Property("password", .format("password"), required: true),
            Property("tenant_id", .uuid, "The tenant to enter; otherwise the one that the user joined first."),
        ])
    static let refresh = ResourceSchema(
        "tokens-refresh", component: "TokenRefresh", attributes: token.attributes)
    static let refreshRequest = ResourceSchema(
        "tokens-refresh", component: "TokenRefreshRequest", id: nil,
        attributes: [Property("refresh", .string(maxLength: 4096), required: true)])
    static let switched = ResourceSchema(
        "tokens-switch-tenant", component: "TokenSwitchTenant", attributes: token.attributes)
    static let switchRequest = ResourceSchema(
        "tokens-switch-tenant", component: "TokenSwitchTenantRequest", id: nil,
        attributes: [Property("tenant_id", .uuid, required: true)])

    private static let userNames = [
        Property("name", .string(maxLength: 150), "3 to 150 characters."),
        Property("email", .format("email"), "In lower case; unique in the installation."),
        Property("company_name", .string(maxLength: 150)),
    ]
    static let user = ResourceSchema(
        "users", component: "User",
        attributes: userNames + [
            Property("date_joined", .time), Property("is_active", .boolean, "Whether the user may log in."),
            Property("last_login", .nullable(.time)),
        ],
        relationships: [.many("memberships", "memberships"), .many("roles", "roles")])
    static let userCreate = ResourceSchema(
        "users", component: "UserCreateRequest", id: nil,
        attributes: [
            Property("name", .string(maxLength: 150), required: true),
            Property("password", .format("password"), "12 to 72 characters of four kinds.", required: true),
            Property("email", .format("email"), required: true), Property("company_name", .string(maxLength: 150)),
        ])
    static let userUpdate = ResourceSchema(
        "users", component: "UserUpdateRequest",
        attributes: userNames + [Property("password", .format("password"), "Ends every session of the user.")])

    static let tenant = ResourceSchema(
        "tenants", component: "Tenant", attributes: [Property("name", .string(maxLength: 100))],
        relationships: [.many("memberships", "memberships")])
    static let tenantCreate = ResourceSchema(
        "tenants", component: "TenantRequest", id: nil,
        attributes: [Property("name", .string(maxLength: 100), required: true)])
    static let tenantUpdate = ResourceSchema(
        "tenants", component: "TenantUpdateRequest",
        attributes: [Property("name", .string(maxLength: 100), required: true)])

    static let membershipRoles = ["owner", "member"]
    static let membership = ResourceSchema(
        "memberships", component: "Membership",
        attributes: [Property("role", .choice(membershipRoles)), Property("date_joined", .time)],
        relationships: [.one("user", "users"), .one("tenant", "tenants")])
    static let membershipUpdate = ResourceSchema(
        "memberships", component: "MembershipUpdateRequest",
        attributes: [Property("role", .choice(membershipRoles), required: true)])

    static let invitationStates = ["pending", "accepted", "expired", "revoked"]
    static let invitation = ResourceSchema(
        "invitations", component: "Invitation",
        attributes: [
            Property("inserted_at", .time), Property("updated_at", .time), Property("email", .format("email")),
            Property("state", .choice(invitationStates)),
            Property("token", .nullable(.string()), "Given once, in the answer to the request that makes it."),
            Property("expires_at", .time),
        ],
        relationships: [.many("roles", "roles"), .one("inviter", "users")])
    static let invitationCreate = ResourceSchema(
        "invitations", component: "InvitationCreateRequest", id: nil,
        attributes: [
            Property("email", .format("email"), required: true),
            Property("expires_at", .time, "Otherwise in 7 days."),
        ],
        relationships: [.many("roles", "roles", required: true)])
    static let invitationUpdate = ResourceSchema(
        "invitations", component: "InvitationUpdateRequest",
        attributes: [Property("email", .format("email")), Property("expires_at", .time)],
        relationships: [.many("roles", "roles")])
    static let invitationAccept = ResourceSchema(
        "invitations", component: "InvitationAcceptRequest", id: nil,
        attributes: [Property("invitation_token", .string(maxLength: 200), required: true)])
}
