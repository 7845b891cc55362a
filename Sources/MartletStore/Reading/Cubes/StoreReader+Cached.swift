import MartletCore

extension StoreReader {
    /// The cubes of the published postures of some accounts, or of the posture of a scan.
    public func cubes(_ filter: AccountFilter, at scan: String? = nil, _ cache: PostureCache) throws -> [AccountCube] {
        try views(filter, at: scan).map { try cube($0, cache) }
    }

    func cube(_ view: View, _ cache: PostureCache) throws -> AccountCube {
        let content = try cache.content(key(view, "cube")) {
            if case .cube(let cube) = $0 { cube.cost } else { 0 }
        } make: {
            .cube(try readCube(view))
        }
        guard case .cube(let cube) = content else { return try readCube(view) }
        return cube
    }

    func resourceCounts(_ view: View, _ cache: PostureCache) throws -> ResourceCounts {
        let content = try cache.content(key(view, "resources")) {
            if case .resources(let counts) = $0 { counts.cost } else { 0 }
        } make: {
            .resources(try readResourceCounts(view))
        }
        guard case .resources(let counts) = content else { return try readResourceCounts(view) }
        return counts
    }

    func types(_ view: View, _ cache: PostureCache) throws -> [Int64: Set<String>] {
        let content = try cache.content(key(view, "types")) {
            if case .types(let types) = $0 { types.reduce(64) { $0 + 64 + 64 * $1.value.count } } else { 0 }
        } make: {
            .types(try readTypes(view))
        }
        guard case .types(let types) = content else { return try readTypes(view) }
        return types
    }

    /// The types of resources of some accounts' findings, of these checks only.
    public func resourceTypes(
        _ filter: AccountFilter, at scan: String? = nil, checks: Set<Int64>, _ cache: PostureCache
    ) throws -> Set<String> {
        var found: Set<String> = []
        for view in try views(filter, at: scan) {
            for (check, types) in try self.types(view, cache) where checks.contains(check) { found.formUnion(types) }
        }
        return found.subtracting([""])
    }

    /// How many resources of some accounts the checks of each group speak of.
    ///
    /// - Parameters:
    ///   - groups: The groups by the places that the answer names.
    ///   - group: The group of a check of a provider; nil for none.
    public func resourcesOfGroups(
        _ filter: AccountFilter, at scan: String? = nil, _ groups: [String],
        group: (_ check: String, Provider) -> String?, _ cache: PostureCache
    ) throws -> [String: Int64] {
        let places = Dictionary(groups.enumerated().map { ($1, $0) }) { first, _ in first }
        let names = try names(.check, cache)
        var sums: [String: Int64] = [:]
        for view in try views(filter, at: scan) {
            let content = try cache.content(key(view, "groups")) {
                if case .groups(let counts) = $0 { counts.count * 64 + 64 } else { 0 }
            } make: {
                let numbers = names.compactMapValues { group($0, view.key.provider).flatMap { places[$0] } }
                return .groups(try readGroups(view) { numbers[$0] })
            }
            guard case .groups(let counts) = content else { continue }
            for (place, count) in counts { sums[groups[place], default: 0] += count }
        }
        return sums
    }

    /// What check texts say. Texts are only added, or removed where nothing names them: number and count tell both.
    public func checkFacts(_ cache: PostureCache) throws -> CheckFacts {
        let stamp = try connection.first(
            "SELECT COALESCE(MAX(id), 0), COUNT(*) FROM check_texts WHERE tenant = $1", [.int(tenant)]
        ) { ($0.int(0), $0.int(1)) }
        let key = PostureCache.Key(
            tenant: tenant, account: 0, generation: stamp?.0 ?? 0, version: stamp?.1 ?? 0, kind: "facts")
        let content = try cache.content(key) {
            if case .facts(let facts) = $0 { facts.texts.count * 512 } else { 0 }
        } make: {
            .facts(try CheckFacts.load(tenant: tenant, connection))
        }
        guard case .facts(let facts) = content else { return try CheckFacts.load(tenant: tenant, connection) }
        return facts
    }

    /// Names by their numbers. They are only added.
    public func names(_ kind: Names.Kind, _ cache: PostureCache) throws -> [Int64: String] {
        let newest = try connection.first(
            "SELECT COALESCE(MAX(id), 0) FROM \(kind.rawValue) WHERE tenant = $1", [.int(tenant)]
        ) { $0.int(0) }
        let key = PostureCache.Key(
            tenant: tenant, account: 0, generation: newest ?? 0, version: 0, kind: kind.rawValue)
        let content = try cache.content(key) {
            if case .names(let names) = $0 { names.reduce(64) { $0 + 48 + $1.value.utf8.count } } else { 0 }
        } make: {
            .names(try Names.all(kind, tenant: tenant, connection))
        }
        guard case .names(let names) = content else { return try Names.all(kind, tenant: tenant, connection) }
        return names
    }

    /// The regions of each set by its number.
    public func regionSets(_ cache: PostureCache) throws -> [Int64: [String]] {
        let names = try names(.regionSet, cache)
        let key = PostureCache.Key(
            tenant: tenant, account: 0, generation: names.keys.max() ?? 0, version: 0, kind: "regions of sets")
        func read() -> [Int64: [String]] { names.mapValues { Names.regions(ofSet: $0) } }
        let content = try cache.content(key) { _ in
            names.reduce(64) { $0 + 64 + 2 * $1.value.utf8.count }
        } make: {
            .regionSets(read())
        }
        guard case .regionSets(let sets) = content else { return read() }
        return sets
    }

    /// What is published may change under its generation; a past one never does.
    func key(_ view: View, _ kind: String) -> PostureCache.Key {
        PostureCache.Key(
            tenant: tenant, account: view.id.account, generation: view.generation,
            version: view.isCurrent ? view.postureVersion : -1, kind: kind)
    }
}
