import MartletCore

@testable import MartletServer

/// How endpoints are called, by operation. An endpoint without parameters in its path, without a body and without
/// anything that its query needs may be left out.
enum WalkTable {
    static let calls: [String: WalkCall] = [
        access, users, tenants, roles, accounts, scans, schedules, findings, checks,
    ].reduce(into: [:]) { all, group in
        all.merge(group) { first, _ in first }
    }

    private static func document(
        _ type: String, _ attributes: [(String, JSONValue)]
    ) -> @Sendable (WalkPlace, [String: String]) async throws -> JSONValue? {
        { _, values in APIFixture.document(type, id: values["id"], attributes) }
    }

    private static func named(_ type: String) -> @Sendable (WalkPlace, [String: String]) async throws -> JSONValue? {
        { place, values in APIFixture.document(type, id: values["id"], [("name", .string(place.name()))]) }
    }

    private static let access: [String: WalkCall] = [
        "tokens_create": WalkCall(
            body: document(
                "tokens",
                [("email", .string("owner@example.com")), ("password", .string(APIFixture.password))])),
        "tokens_refresh_create": WalkCall(body: { place, _ in
            APIFixture.document("tokens-refresh", [("refresh", .string(place.api.owner.refresh))])
        }),
        "tokens_switch_create": WalkCall(body: { place, _ in
            APIFixture.document("tokens-switch-tenant", [("tenant_id", .string(place.api.tenant.uid))])
        }),
        // There is no identity provider.
        "tokens_oidc_retrieve": WalkCall(expected: [404]),
        "tokens_oidc_create": WalkCall(body: document("oidc-logins", []), expected: [404]),
        "tokens_oidc_callback_retrieve": WalkCall(expected: [404]),
        "tokens_oidc_callback_create": WalkCall(
            body: document(
                "tokens-oidc", [("code", .string("c")), ("state", .string("s")), ("binding", .string("b"))]),
            expected: [404]),
        "api_keys_create": WalkCall(body: named("api-keys")),
        "api_keys_retrieve": WalkCall(values: { ["id": try await $0.apiKey()] }),
        "api_keys_partial_update": WalkCall(values: { ["id": try await $0.apiKey()] }, body: named("api-keys")),
        "api_keys_revoke_destroy": WalkCall(values: { ["id": try await $0.apiKey()] }),
        "audit_log_retrieve": WalkCall(values: { place in
            let list = try await place.api.ask(.get, "/audit-log?page[size]=1")
            return ["id": list.data[0]?["id"]?.stringValue ?? ""]
        }),
    ]

    private static let users: [String: WalkCall] = [
        // Without an invitation; signing up is off.
        "users_create": WalkCall(
            body: { place, _ in
                APIFixture.document(
                    "users",
                    [
                        ("name", .string(place.name())), ("email", .string("new@example.com")),
                        ("password", .string(APIFixture.password)),
                    ])
            }, expected: [403]),
        "users_retrieve": WalkCall(values: { ["id": try await $0.member().id] }),
        "users_partial_update": WalkCall(values: { ["id": try await $0.member().id] }, body: named("users")),
        // Nobody but oneself.
        "users_destroy": WalkCall(values: { ["id": try await $0.member().id] }, expected: [403]),
        "users_memberships_list": WalkCall(values: { ["user_pk": try await $0.member().id] }),
        "users_memberships_retrieve": WalkCall(values: { place in
            let user = try await place.member().id
            let list = try await place.api.ask(.get, "/users/\(user)/memberships")
            return ["user_pk": user, "id": list.data[0]?["id"]?.stringValue ?? ""]
        }),
        "users_relationships_roles_create": WalkCall(
            values: { ["id": try await $0.member().id] },
            body: { place, _ in APIFixture.links("roles", [try await place.role()]) }),
        "users_relationships_roles_partial_update": WalkCall(
            values: { ["id": try await $0.member().id] },
            body: { place, _ in APIFixture.links("roles", [try await place.role()]) }),
        "users_relationships_roles_destroy": WalkCall(values: { ["id": try await $0.member().id] }),
    ]

    private static let tenants: [String: WalkCall] = [
        "tenants_create": WalkCall(body: named("tenants")),
        "tenants_retrieve": WalkCall(values: { ["id": $0.api.tenant.uid] }),
        "tenants_partial_update": WalkCall(values: { ["id": $0.api.tenant.uid] }, body: named("tenants")),
        // Another owner keeps it from going, with all that the walk still needs.
        "tenants_destroy": WalkCall(
            values: { place in
                _ = try await APIFixture.person(
                    "\(WalkPlace.canary)-\(UUIDText.random())@example.com", in: place.api.tenant, place.api.access,
                    isOwner: true)
                return ["id": place.api.tenant.uid]
            }, expected: [409]),
        "tenants_memberships_list": WalkCall(values: { ["tenant_pk": $0.api.tenant.uid] }),
        "tenants_memberships_partial_update": WalkCall(
            values: { ["tenant_pk": $0.api.tenant.uid, "id": try await $0.membership()] },
            body: document("memberships", [("role", .string("owner"))])),
        "tenants_memberships_destroy": WalkCall(
            values: { ["tenant_pk": $0.api.tenant.uid, "id": try await $0.membership()] }),
        "tenants_invitations_create": WalkCall(body: { place, _ in
            APIFixture.document(
                "invitations", [("email", .string("\(WalkPlace.canary)@example.com"))],
                [("roles", APIFixture.identifiers("roles", [try await place.role()]))])
        }),
        "tenants_invitations_retrieve": WalkCall(values: { ["id": try await $0.invitation()] }),
        "tenants_invitations_partial_update": WalkCall(
            values: { ["id": try await $0.invitation()] },
            body: document("invitations", [("email", .string("\(WalkPlace.canary)-2@example.com"))])),
        "tenants_invitations_destroy": WalkCall(values: { ["id": try await $0.invitation()] }),
        // A token that is none; that of another's invitation is refused in the same way.
        "invitations_accept_create": WalkCall(
            body: document("invitations", [("invitation_token", .string("1-aaaaaaaaaaaaaaaaaaaaaaaaaa"))]),
            expected: [400]),
    ]

    private static let roles: [String: WalkCall] = [
        "roles_create": WalkCall(body: named("roles")),
        "roles_retrieve": WalkCall(values: { ["id": try await $0.role()] }),
        "roles_partial_update": WalkCall(values: { ["id": try await $0.role()] }, body: named("roles")),
        "roles_destroy": WalkCall(values: { ["id": try await $0.role()] }),
        "roles_relationships_provider_groups_create": WalkCall(
            values: { ["id": try await $0.role()] },
            body: { place, _ in APIFixture.links("provider-groups", [try await place.group()]) }),
        "roles_relationships_provider_groups_partial_update": WalkCall(
            values: { ["id": try await $0.role()] },
            body: { place, _ in APIFixture.links("provider-groups", [try await place.group()]) }),
        "roles_relationships_provider_groups_destroy": WalkCall(values: { ["id": try await $0.role()] }),
        "provider_groups_create": WalkCall(body: named("provider-groups")),
        "provider_groups_retrieve": WalkCall(values: { ["id": try await $0.group()] }),
        "provider_groups_partial_update": WalkCall(
            values: { ["id": try await $0.group()] }, body: named("provider-groups")),
        "provider_groups_destroy": WalkCall(values: { ["id": try await $0.group()] }),
        "provider_groups_relationships_providers_create": WalkCall(
            values: { ["id": try await $0.group()] },
            body: { place, _ in APIFixture.links("providers", [try await place.account().id]) }),
        "provider_groups_relationships_providers_partial_update": WalkCall(
            values: { ["id": try await $0.group()] },
            body: { place, _ in APIFixture.links("providers", [try await place.account().id]) }),
        "provider_groups_relationships_providers_destroy": WalkCall(values: { ["id": try await $0.group()] }),
    ]
}
