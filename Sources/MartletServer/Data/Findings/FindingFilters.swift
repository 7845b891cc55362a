import MartletCore
import MartletPolicy
import MartletStore

/// The filters of findings, and what they mean for the store.
enum FindingFilters {
    /// Deltas as filters name them: Prowler's two, and Martlet's others.
    static let deltas = FindingDelta.allCases.map(\.rawValue)
    static let severities = Severity.allCases.map(\.name)
    static let statuses = Status.allCases.map(\.name)

    /// Those that decide on the finding itself.
    static let own: [FilterSpec] =
        AccountConditions.filters + [
            FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("uid", .text, [.equal, .within]),
            FilterSpec("status", .choice(statuses), [.equal, .within]),
            FilterSpec("severity", .choice(severities), [.equal, .within]),
            FilterSpec("impact", .choice(severities), [.equal, .within]),
            FilterSpec("delta", .choice(deltas), [.equal, .within]),
            FilterSpec("check_id", .text, [.equal, .within, .contains]), FilterSpec("muted", .boolean),
            FilterSpec("service", .text, [.equal, .within, .contains]),
            FilterSpec("region", .text, [.equal, .within, .contains]),
            FilterSpec("category", .text, [.equal, .within]),
            FilterSpec("resource_type", .text, [.equal, .within, .contains]),
            FilterSpec("resource_uid", .text, [.equal, .within, .contains]),
            FilterSpec("resource_name", .text, [.equal, .within, .contains]),
            FilterSpec("resources", .uuid, [.equal, .within]),
            FilterSpec("tag", .text, [.equal]),
            FilterSpec("resource_groups", .choice(KnownChecks.groups), [.equal, .within]),
            FilterSpec("updated_at", .time, [.equal, .onDay, .atLeast, .atMost]),
        ]

    /// Those that choose the scan.
    static let moments: [FilterSpec] = [
        FilterSpec("scan", .uuid, [.equal, .within]),
        FilterSpec("inserted_at", .time, [.equal, .onDay, .atLeast, .atMost]),
    ]

    /// What a query asks for, and the scan at which it is read; nil for what is published.
    struct Selection: Sendable {
        var filter = FindingFilter()
        var scan: String?
        /// What was published up to this number is read; nil for what is published when it is.
        var number: Int64?
    }

    /// Reads the query of a request.
    ///
    /// - Throws: 404 for a scan that there is not, 400 for scans and times that would need several pasts at once.
    static func selection(_ context: RequestContext, _ reader: StoreReader) throws -> Selection {
        let query = context.query
        let accounts = try AccountConditions.accounts(context, reader)
        let moment = try ScanMoment.of(query, accounts, context, reader)
        var selection = Selection(filter: try own(query), scan: moment.scan)
        selection.filter.accounts.numbers = moment.accounts
        if let groups = query.texts("resource_groups") {
            selection.filter.checkNames = try checks(of: groups, context, reader)
        }
        return selection
    }

    /// The checks that look at some groups of resources.
    private static func checks(
        of groups: Set<String>, _ context: RequestContext, _ reader: StoreReader
    ) throws -> Set<String> {
        let names = try reader.names(.check, context.services.postures).values
        let providers = Provider.known.compactMap { Provider(name: $0) }
        return Set(
            names.filter { name in
                providers.contains { KnownChecks.group(of: name, provider: $0).map(groups.contains) ?? false }
            })
    }

    /// What a query says of the finding itself.
    static func own(_ query: JSONAPIQuery) throws -> FindingFilter {
        var filter = FindingFilter()
        filter.statuses = Set((query.texts("status") ?? []).compactMap { Status(name: $0) })
        var severities = query.texts("severity")
        if let impacts = query.texts("impact") { severities = severities?.intersection(impacts) ?? impacts }
        if let severities {
            filter.severities = Set(severities.compactMap { Severity(name: $0) })
            if severities.isEmpty { filter.fingerprints = [] }
        }
        filter.deltas = Set((query.texts("delta") ?? []).compactMap(FindingDelta.init(rawValue:)))
        filter.muted = query.flag("muted")
        filter.checks = (query.texts("check_id") ?? []).map { GlobPattern.escape($0) }
        filter.services = (query.texts("service") ?? []).map { GlobPattern.escape($0) }
        filter.regions = (query.texts("region") ?? []).sorted()
        filter.categories = (query.texts("category") ?? []).sorted()
        filter.resourceTypes = (query.texts("resource_type") ?? []).sorted()
        filter.resourceUIDs = (query.texts("resource_uid") ?? []).sorted()
        filter.resourceNames = (query.texts("resource_name") ?? []).sorted()
        filter.search = query.search
        filter.updated = try query.range("updated_at")
        if let ids = query.texts("id") { filter.fingerprints = Set(ids.compactMap { ContentHash(uuid: $0) }) }
        filter.sourceUIDs = query.texts("uid")
        if let ids = query.texts("resources") {
            filter.resourceNumbers = Set(ids.compactMap { ResourceNumber(identifier: $0) })
        }
        if let tag = query.text("tag") { filter.tags = [try tagFilter(tag)] }
        // Two filters of one field that have no value in common let nothing through; empty sets would mean all.
        let fields = [
            "status", "severity", "impact", "delta", "check_id", "service", "region", "category", "resource_type",
            "resource_uid", "resource_name",
        ]
        if fields.contains(where: { query.texts($0)?.isEmpty == true }) { filter.fingerprints = [] }
        let parts: [(String, FindingText)] = [
            ("check_id", .check), ("service", .service), ("region", .region), ("resource_type", .resourceType),
            ("resource_uid", .resourceUID), ("resource_name", .resourceName),
        ]
        for (field, text) in parts {
            if let part = query.text(field, .contains), !part.isEmpty { filter.parts[text] = part }
        }
        return filter
    }

    /// `key=value`, or a key alone.
    static func tagFilter(_ text: String) throws(APIError) -> TagFilter {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let key = parts.first, !key.isEmpty else {
            throw .parameter("filter[tag]", "A tag is KEY or KEY=VALUE.")
        }
        return TagFilter(key: key, value: parts.count > 1 ? parts[1] : nil)
    }

    /// The order that `sort` asks for.
    static func order(_ query: JSONAPIQuery) -> FindingOrder {
        FindingOrder(
            query.sort.map { key in
                let term: FindingOrder.Key =
                    switch key.field {
                    case "status": .status
                    case "severity": .severity
                    case "check_id": .check
                    case "inserted_at": .observed
                    default: .updated
                    }
                return FindingOrder.Term(term, isReversed: key.isDescending)
            })
    }

    static let sorts = ["status", "severity", "check_id", "inserted_at", "updated_at"]
}
