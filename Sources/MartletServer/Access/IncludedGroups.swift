import MartletStore

/// Provider groups that stand beside what names them (`include=provider_groups`), as far as the caller sees their accounts.
struct IncludedGroups: Sendable {
    private var groups: [String: ProviderGroupRow] = [:]
    private var providers: [String: [String]] = [:]

    /// Reads the tenant's groups where the query wants them.
    init(_ context: RequestContext) async throws {
        guard context.query.include.contains("provider_groups") else { return }
        let (rows, ids) = try await context.read { tenant, connection in
            (
                try ProviderGroupRecords.all(tenant: tenant, connection),
                try AccountIdentifiers.load(tenant: tenant, connection)
            )
        }
        let visibility = try context.principal.visibility
        for row in rows {
            groups[row.id] = row
            providers[row.id] = row.accounts.filter(visibility.includes).compactMap { ids.identifier(of: $0) }
        }
    }

    /// Writes the groups of these ids.
    func write(_ ids: [String], _ writer: inout JSONAPIWriter, _ context: RequestContext) {
        for id in ids {
            guard let group = groups[id] else { continue }
            writer.include(ResourceIdentifier("provider-groups", id)) {
                $0.write(group, providers: providers[id] ?? [], link: context.url("provider-groups", id))
            }
        }
    }
}
