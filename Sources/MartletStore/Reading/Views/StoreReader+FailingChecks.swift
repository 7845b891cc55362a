import MartletCore
import MartletPolicy

extension StoreReader {
    /// Checks with unmuted FAIL findings, counted over some accounts at their published postures or at one scan.
    ///
    /// One account is counted at a time, by grouped statements whose answers are kept in the cache, so that memory follows
    /// the number of checks, not that of accounts or findings.
    public func failingChecks(
        _ filter: AccountFilter, at scan: String? = nil, _ cache: PostureCache
    ) throws -> [FailingCheck] {
        let names = try names(.check, cache)
        let facts = try checkFacts(cache)
        let exposing = facts.categoriesOfCheck.filter { $0.value.contains(FailingCheck.exposure) }.map(\.key).sorted()
        var found: [Int64: FailingCheck] = [:]
        for view in try views(filter, at: scan) {
            let cube = try cube(view, cache)
            var failing: Set<Int64> = []
            for cell in cube.cellsOfChecks where cell.status == .fail && !cell.isMuted {
                var check = found[cell.check] ?? FailingCheck(check: names[cell.check] ?? "")
                check.severity = max(check.severity, cell.severity)
                check.findings += cell.count
                if let since = cell.failingSince { check.failingSince = min(check.failingSince ?? since, since) }
                if failing.insert(cell.check).inserted {
                    check.accounts += 1
                    check.affected += cube.resourcesOfCheck[cell.check]?.failed ?? 0
                    check.providers.insert(cube.account.provider.name)
                    check.categories.formUnion(facts.categoriesOfCheck[cell.check] ?? [])
                    if let text = cube.textOfCheck[cell.check].flatMap({ facts.texts[$0] }) { check.take(text) }
                }
                found[cell.check] = check
            }
            guard !exposing.isEmpty, !failing.isEmpty else { continue }
            for (number, exposed) in try exposedResources(view, exposing, cache) where failing.contains(number) {
                found[number]?.exposed += exposed
            }
        }
        return Array(found.values)
    }

    /// How many of the resources with an unmuted FAIL of each check have one of an exposing check, too.
    private func exposedResources(
        _ view: View, _ exposing: [Int64], _ cache: PostureCache
    ) throws -> [Int64: Int64] {
        // Which checks expose may change without the posture; then it is another question.
        var hasher = ContentHasher()
        for number in exposing { hasher.add(number) }
        let content = try cache.content(key(view, "exposed \(hasher.finish().hex)")) {
            if case .numbers(let numbers) = $0 { numbers.count * 32 + 64 } else { 0 }
        } make: {
            .numbers(try readExposedResources(view, exposing))
        }
        guard case .numbers(let numbers) = content else { return try readExposedResources(view, exposing) }
        return numbers
    }

    private func readExposedResources(_ view: View, _ exposing: [Int64]) throws -> [Int64: Int64] {
        func failing(_ finding: String, _ mute: String) -> String {
            """
            \(finding).tenant = $1 AND \(finding).account = $2 AND \(Self.holds(finding, current: view.isCurrent))
            AND \(finding).status = 0 AND \(finding).muted = 0 AND NOT EXISTS (
                SELECT 1 FROM finding_mutes \(mute) WHERE \(mute).tenant = $1 AND \(mute).account = $2
                AND \(mute).fingerprint = \(finding).fingerprint AND \(mute).opened_in <= $3
                AND (\(mute).closed_in IS NULL OR \(mute).closed_in > $3))
            """
        }
        var counts: [Int64: Int64] = [:]
        try connection.query(
            """
            SELECT f.check_id, COUNT(DISTINCT f.resource) FROM findings f
            JOIN (SELECT DISTINCT e.resource FROM findings e WHERE \(failing("e", "n"))
                AND e.check_id IN (\(exposing.map(String.init).joined(separator: ", ")))) x ON x.resource = f.resource
            WHERE \(failing("f", "m")) GROUP BY f.check_id
            """, view.id.values + [.int(view.generation)]
        ) { counts[$0.int(0)] = $0.int(1) }
        return counts
    }
}

extension FailingCheck {
    /// Takes what a text says, where nothing was said before.
    fileprivate mutating func take(_ text: CheckFacts.Text) {
        if title.isEmpty { title = text.title }
        if service.isEmpty { service = text.service }
        remedy = min(remedy, text.remedy)
    }
}
