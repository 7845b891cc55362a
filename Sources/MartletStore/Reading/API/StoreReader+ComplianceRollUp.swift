import MartletCore
import MartletPolicy

extension StoreReader {
    /// The frameworks of some accounts, by id, each rolled up over accounts and regions.
    ///
    /// One account is answered from what publish has counted. Several are read requirement by requirement; the answer is
    /// remembered as long as none of their postures changes.
    ///
    /// - Parameter regions: Names of regions; nil for all.
    public func complianceRollUps(
        _ filter: AccountFilter, at scan: String? = nil, regions: Set<String>? = nil, _ cache: PostureCache
    ) throws -> [ComplianceRollUp] {
        let views = try views(filter, at: scan)
        if views.count <= 1, regions == nil {
            return try complianceOverview(filter, at: scan).map { row in
                var rollUp = ComplianceRollUp(framework: row.framework, name: row.name, version: row.version)
                rollUp.counts = [
                    .pass: row.passed, .fail: row.failed, .manual: row.manual, .error: row.error,
                    .incomplete: row.incomplete, .muted: row.muted, .notEvaluated: row.notEvaluated,
                ]
                rollUp.total = row.total
                rollUp.providers = [row.account.provider.name]
                return rollUp
            }
        }
        guard regions == nil else { return try readRollUps(views, regions: regions) }
        let stamp = try postureStamp(Set(views.map(\.id.account)))
        let key = PostureCache.Key(
            tenant: tenant, account: 0, generation: Int64(bitPattern: stamp.high),
            version: Int64(bitPattern: stamp.low),
            kind: "compliance")
        let content = try cache.content(key) {
            if case .rollUps(let rows) = $0 { rows.count * 512 } else { 0 }
        } make: {
            // One account's publish is no reason to read the others again.
            .rollUps(try rollUps(views) { try requirements($0, cache) })
        }
        guard case .rollUps(let rows) = content else { return try readRollUps(views, regions: nil) }
        return rows
    }

    private func requirements(_ view: View, _ cache: PostureCache) throws -> ViewRequirements {
        let content = try cache.content(key(view, "requirements")) {
            if case .requirements(let requirements) = $0 { requirements.cost } else { 0 }
        } make: {
            .requirements(try readRequirements(view, regions: nil, names: [:]))
        }
        guard case .requirements(let found) = content else {
            return try readRequirements(view, regions: nil, names: [:])
        }
        return found
    }

    private func readRollUps(_ views: [View], regions: Set<String>?) throws -> [ComplianceRollUp] {
        let names = regions == nil ? [:] : try Names.all(.region, tenant: tenant, connection)
        return try rollUps(views) { try readRequirements($0, regions: regions, names: names) }
    }

    /// Rolls up what is known of each account.
    private func rollUps(
        _ views: [View], _ requirements: (View) throws -> ViewRequirements
    ) throws -> [ComplianceRollUp] {
        var statuses: [String: [Int32: RequirementStatus]] = [:]
        var rollUps: [String: ComplianceRollUp] = [:]
        for view in views {
            for framework in try requirements(view).frameworks {
                let held = framework.held
                var rollUp =
                    rollUps[held.id] ?? ComplianceRollUp(framework: held.id, name: held.name, version: held.version)
                rollUp.total = max(rollUp.total, held.total)
                rollUp.providers.insert(view.key.provider.name)
                rollUps[held.id] = rollUp
                statuses[held.id, default: [:]].merge(framework.worst) { min($0, $1) }
            }
        }
        for (id, byRequirement) in statuses {
            for status in byRequirement.values { rollUps[id]?.counts[status, default: 0] += 1 }
        }
        return rollUps.values.map { rollUp in
            var rollUp = rollUp
            let missing = rollUp.total - rollUp.counts.values.reduce(0, +)
            if missing > 0 { rollUp.counts[.notEvaluated, default: 0] += missing }
            return rollUp
        }.sorted { $0.framework < $1.framework }
    }

    /// One account's requirements over its regions.
    ///
    /// - Parameter regions: Names of regions, which `names` gives numbers; nil for all.
    private func readRequirements(
        _ view: View, regions: Set<String>?, names: [Int64: String]
    ) throws -> ViewRequirements {
        let wanted = regions.map { regions in Set(names.filter { regions.contains($0.value) }.keys) }
        var found: [Int64: [Int32: RequirementStatus]] = [:]
        try connection.query(
            """
            SELECT framework, requirement, regions FROM compliance_rows WHERE tenant = $1 AND account = $2
            AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3) ORDER BY framework, requirement
            """, view.id.values + [.int(view.generation)]
        ) { row in
            let requirement = row.int32(1)
            var worst: RequirementStatus?
            try ComplianceRegions.decode(row.bytes(2), requirement: requirement) { stored, number in
                guard wanted?.contains(number) ?? true else { return }
                worst = worst.map { min($0, stored.status) } ?? stored.status
            }
            guard let worst else { return }
            let framework = row.int(0)
            let known = found[framework]?[requirement]
            found[framework, default: [:]][requirement] = known.map { min($0, worst) } ?? worst
        }
        return ViewRequirements(
            frameworks: try heldFrameworks(view).map {
                ViewRequirements.Framework(held: $0, worst: found[$0.number] ?? [:])
            })
    }

    /// The frameworks that a view has rows of.
    private func heldFrameworks(_ view: View) throws -> [ViewRequirements.Held] {
        var rows: [ViewRequirements.Held] = []
        try connection.query(
            """
            SELECT f.id, f.name, f.label, f.version, s.passed + s.failed + s.manual + s.errored + s.incomplete + s.muted
                + s.not_evaluated
            FROM framework_summaries s JOIN frameworks f ON f.tenant = $1 AND f.id = s.framework
            WHERE s.tenant = $1 AND s.account = $2 AND s.opened_in <= $3
            AND (s.closed_in IS NULL OR s.closed_in > $3) ORDER BY f.name
            """, view.id.values + [.int(view.generation)]
        ) { row in
            rows.append(
                ViewRequirements.Held(
                    number: row.int(0), id: row.text(1), name: row.text(2), version: row.text(3), total: row.int(4)))
        }
        return rows
    }
}
