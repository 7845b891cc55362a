extension AccessSchemas {
    private static let permissions = Permission.allCases.map { Property($0.rawValue, .boolean) }
    static let permissionStates = ["unlimited", "limited", "none"]

    static let role = ResourceSchema(
        "roles", component: "Role",
        attributes: [Property("name", .string(maxLength: 255))] + permissions + [
            Property("permission_state", .choice(permissionStates), "Whether it allows all, some or nothing."),
            Property("unlimited_visibility", .boolean, "Whether it shows every account."),
            Property("inserted_at", .time), Property("updated_at", .time),
        ],
        relationships: [
            .many("provider_groups", "provider-groups"), .many("users", "users"), .many("invitations", "invitations"),
        ])
    private static let roleRequests = permissions + [Property("unlimited_visibility", .boolean)]
    private static let roleLinks: [RelationshipSchema] = [
        .many("provider_groups", "provider-groups"), .many("users", "users"),
    ]
    static let roleCreate = ResourceSchema(
        "roles", component: "RoleCreateRequest", id: nil,
        attributes: [Property("name", .string(maxLength: 255), required: true)] + roleRequests,
        relationships: roleLinks)
    static let roleUpdate = ResourceSchema(
        "roles", component: "RoleUpdateRequest",
        attributes: [Property("name", .string(maxLength: 255))] + roleRequests, relationships: roleLinks)

    static let group = ResourceSchema(
        "provider-groups", component: "ProviderGroup",
        attributes: [
            Property("name", .string(maxLength: 255)), Property("inserted_at", .time), Property("updated_at", .time),
        ],
        relationships: [.many("providers", "providers"), .many("roles", "roles")])
    static let groupCreate = ResourceSchema(
        "provider-groups", component: "ProviderGroupCreateRequest", id: nil,
        attributes: [Property("name", .string(maxLength: 255), required: true)],
        relationships: [.many("providers", "providers"), .many("roles", "roles")])
    static let groupUpdate = ResourceSchema(
        "provider-groups", component: "ProviderGroupUpdateRequest",
        attributes: [Property("name", .string(maxLength: 255))],
        relationships: [.many("providers", "providers"), .many("roles", "roles")])

    private static let keyAttributes = [
        Property("name", .string(maxLength: 100)), Property("prefix", .string(), "The public half of the key."),
        Property("expires_at", .time), Property("revoked", .boolean), Property("inserted_at", .time),
        Property("last_used_at", .nullable(.time), "To the minute."),
        Property(
            "scopes", .nullable(.array(.choice(Permission.allCases.map(\.rawValue)))),
            "The permissions to which the key is limited; null where it may do all that its user may."),
    ]
    static let apiKey = ResourceSchema(
        "api-keys", component: "TenantApiKey", attributes: keyAttributes, relationships: [.one("entity", "users")])
    static let apiKeyCreated = ResourceSchema(
        "api-keys", component: "TenantApiKeyCreate",
        attributes: keyAttributes + [Property("api_key", .string(), "The whole key, given this once.")],
        relationships: [.one("entity", "users")])
    static let apiKeyCreate = ResourceSchema(
        "api-keys", component: "TenantApiKeyCreateRequest", id: nil,
        attributes: [
            Property("name", .string(maxLength: 100), "3 to 100 characters.", required: true),
            Property("expires_at", .time, "Otherwise in 365 days."),
            Property("scopes", .nullable(.array(.choice(Permission.allCases.map(\.rawValue)), max: 6))),
        ])
    static let apiKeyUpdate = ResourceSchema(
        "api-keys", component: "TenantApiKeyUpdateRequest",
        attributes: [Property("name", .string(maxLength: 100), required: true)])

    static let auditEntry = ResourceSchema(
        "audit-log-entries", component: "AuditLogEntry",
        attributes: [
            Property("inserted_at", .time), Property("action", .string(), "The type of the thing and a verb."),
            Property("subject_type", .string()), Property("subject_id", .string()),
            Property("actor_type", .choice(["user", "api_key", "command_line", "system", "anonymous"])),
            Property("actor_id", .nullable(.string())), Property("actor_name", .string()),
            Property("address", .nullable(.string()), "Where the request came from."),
            Property("request_id", .nullable(.string())),
            Property("detail", .map(.any), "What the change said, without secrets."),
        ])
}
