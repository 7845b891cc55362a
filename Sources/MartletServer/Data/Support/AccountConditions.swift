import MartletCore
import MartletStore

/// The filters by which lists are limited to accounts, and what they find.
enum AccountConditions {
    /// `provider`, `provider_id`, `provider_type`, `provider_uid` and `provider_alias`.
    static let filters: [FilterSpec] = [
        FilterSpec("provider", .uuid, [.equal, .within]),
        FilterSpec("provider_id", .uuid, [.equal, .within]),
        FilterSpec("provider_type", .choice(Provider.known), [.equal, .within]),
        FilterSpec("provider_uid", .text, [.equal, .contains, .within]),
        FilterSpec("provider_alias", .text, [.equal, .contains, .within]),
        FilterSpec("provider_groups", .uuid, [.equal, .within]),
    ]

    /// Those of overviews and compliance: `provider_id`, `provider_type`, `provider_groups`.
    static let short = filters.filter { ["provider_id", "provider_type", "provider_groups"].contains($0.field) }

    /// Whether a query limits accounts at all.
    static func isGiven(in query: JSONAPIQuery) -> Bool {
        query.filters.contains { filter in filters.contains { $0.field == filter.field } }
    }

    /// The numbers of the accounts that the caller may see and the query asks for; nil for all there are.
    static func accounts(_ context: RequestContext, _ reader: StoreReader) throws -> Set<Int64>? {
        let query = context.query
        var visible = try context.visible
        if let groups = query.texts("provider_groups") {
            let members = try context.services.membersOfGroups(groups, reader)
            visible = visible?.intersection(members) ?? members
        }
        guard isGiven(in: query) else { return visible }
        let ids = [query.texts("provider"), query.texts("provider_id")].compactMap { $0 }
        let types = query.texts("provider_type")
        let uids = query.texts("provider_uid")
        let aliases = query.texts("provider_alias")
        let uidPart = query.text("provider_uid", .contains)?.lowercased()
        let aliasPart = query.text("provider_alias", .contains)?.lowercased()
        let found = try reader.accountDetails(visible).filter { account in
            ids.allSatisfy { $0.contains(account.identifier) }
                && types?.contains(account.key.provider.name) ?? true && uids?.contains(account.key.uid) ?? true
                && aliases?.contains(account.shownName ?? "") ?? true
                && uidPart.map { account.key.uid.lowercased().contains($0) } ?? true
                && aliasPart.map { (account.shownName ?? "").lowercased().contains($0) } ?? true
        }
        return Set(found.map(\.number))
    }
}
