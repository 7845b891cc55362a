import MartletCore

/// What numbers decide of a filter, so that only rows that may match are joined with resources and texts.
struct FindingConditions {
    /// The checks that may match; nil for all.
    let checks: Set<Int64>?
    /// The ids of those checks; nil where none is named.
    let checkNames: [String]?
    /// The sets of regions that match; nil for all.
    private let regionSets: Set<Int64>?
    private let tags: [TagFilter]
    private let wantsMuted: Bool?
    private var resources: [Int64: Set<Int64>] = [:]
    private let numbers: Set<ResourceNumber>?
    private let fingerprints: Set<ContentHash>?
    private let updated: ClosedRange<Int64>?

    init(_ filter: FindingFilter, _ matcher: FindingMatcher, tenant: Int64, _ connection: any Connection) throws {
        tags = filter.tags.filter { $0.value != nil }
        wantsMuted = filter.muted
        numbers = filter.resourceNumbers
        fingerprints = filter.fingerprints
        updated = filter.updated.map { $0.lowerBound.milliseconds...$0.upperBound.milliseconds }
        let hasService = !filter.services.isEmpty || filter.parts[.service] != nil
        if filter.checks.isEmpty && filter.checkNames == nil && filter.parts[.check] == nil && !hasService
            && filter.categories.isEmpty
        {
            checks = nil
            checkNames = nil
        } else {
            var names = try Names.all(.check, tenant: tenant, connection).filter { matcher.matches(check: $0.value) }
            if hasService && !matcher.matches(service: "") {
                var matching: Set<Int64> = []
                // Every text there was: which of them holds is decided on the rows.
                try connection.query("SELECT check_id, service FROM check_texts WHERE tenant = $1", [.int(tenant)]) {
                    if matcher.matches(service: $0.text(1)) { matching.insert($0.int(0)) }
                }
                names = names.filter { matching.contains($0.key) }
            }
            if !filter.categories.isEmpty {
                let categories = try CheckFacts.load(tenant: tenant, connection).categoriesOfCheck
                let wanted = Set(filter.categories)
                names = names.filter { !wanted.isDisjoint(with: categories[$0.key] ?? []) }
            }
            checks = Set(names.keys)
            checkNames = names.values.sorted()
        }
        regionSets =
            filter.regions.isEmpty && filter.parts[.region] == nil
            ? nil
            : Set(
                try Names.all(.regionSet, tenant: tenant, connection)
                    .filter { matcher.matches(regions: Names.regions(ofSet: $0.value)) }.keys)
    }

    /// No finding can match.
    var isImpossible: Bool { checks?.isEmpty == true || regionSets?.isEmpty == true }

    /// Rows may fall through.
    var isNarrow: Bool {
        checks != nil || regionSets != nil || !tags.isEmpty || wantsMuted != nil || numbers != nil
            || fingerprints != nil || updated != nil
    }

    /// Whether a finding may match.
    mutating func match(_ key: FindingKey, _ view: StoreReader.View, _ connection: any Connection) throws -> Bool {
        if let checks, !checks.contains(key.check) { return false }
        if let regionSets, !regionSets.contains(key.regions) { return false }
        if let updated, !updated.contains(key.observedAt) { return false }
        if wantsMuted == false, key.isMuted { return false }
        if let fingerprints, !fingerprints.contains(key.position.fingerprint) { return false }
        if let numbers, !numbers.contains(.init(account: key.position.account, resource: key.resource)) { return false }
        guard !tags.isEmpty else { return true }
        return try tagged(view, connection).contains(key.resource)
    }

    /// The resources of an account that may have all the tags.
    private mutating func tagged(_ view: StoreReader.View, _ connection: any Connection) throws -> Set<Int64> {
        if let known = resources[view.id.account] { return known }
        var common: Set<Int64>?
        for tag in tags {
            let found = try ResourceTags.resources(
                with: Tag(key: tag.key, value: tag.value ?? ""), view.id, upTo: view.generation, connection)
            common = common?.intersection(found) ?? found
        }
        resources[view.id.account] = common ?? []
        return common ?? []
    }
}
