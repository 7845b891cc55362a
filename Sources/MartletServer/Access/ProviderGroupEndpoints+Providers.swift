import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

extension ProviderGroupEndpoints {
    /// Which accounts are in a group.
    static let providerLinks: [Endpoint] = [add, replace, clear]

    private static let add = Endpoint(
        .post, "/api/v1/provider-groups/{id}/relationships/providers",
        operation: "provider_groups_relationships_providers_create", tag: "Provider groups",
        summary: "Puts more accounts into a group.", access: .permission(.manageProviders),
        request: .identifiers("providers"), responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await set(context, given: numbers(context)) { held, given in held + given.filter { !held.contains($0) } }
    }

    private static let replace = Endpoint(
        .patch, "/api/v1/provider-groups/{id}/relationships/providers",
        operation: "provider_groups_relationships_providers_partial_update", tag: "Provider groups",
        summary: "Makes these accounts all that are in a group.", access: .permission(.manageProviders),
        request: .identifiers("providers"), responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await set(context, given: numbers(context)) { _, given in given }
    }

    private static let clear = Endpoint(
        .delete, "/api/v1/provider-groups/{id}/relationships/providers",
        operation: "provider_groups_relationships_providers_destroy", tag: "Provider groups",
        summary: "Takes all accounts out of a group.", access: .permission(.manageProviders),
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await set(context, given: []) { _, _ in [] }
    }

    /// The accounts that the document names; whether there is such a group comes first.
    private static func numbers(_ context: RequestContext) async throws -> [Int64] {
        let id = try context.uuid()
        let group = try await context.read { try ProviderGroupRecords.group(id, tenant: $0, $1) }
        guard group != nil else { throw APIError.notFound() }
        return try await context.accounts(context.identifiers().map(\.id), place: "/data")
    }

    private static func set(
        _ context: RequestContext, given: [Int64],
        _ choose: @escaping @Sendable (_ held: [Int64], _ given: [Int64]) -> [Int64]
    ) async throws -> HTTPResponse {
        let id = try context.uuid()
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            guard let group = try ProviderGroupRecords.group(id, tenant: caller.tenant, connection) else {
                throw APIError.notFound()
            }
            let seen = group.accounts.filter { caller.visibleAccounts?.contains($0) ?? true }
            var draft = ProviderGroupDraft()
            draft.accounts = choose(seen, given)
            try ProviderGroupChanges.change(id, to: draft, by: caller, connection)
        }
        return context.nothing
    }
}
