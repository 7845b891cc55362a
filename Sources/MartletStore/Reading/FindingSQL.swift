import MartletCore

/// The query of a listing of findings: conditions that numbers decide are in SQL, the rest is decided on the rows.
struct FindingSQL {
    let view: StoreReader.View
    let filter: FindingFilter
    let lookup: FindingLookup
    let matcher: FindingMatcher

    /// What ``StoreReader/finding(_:view:lookup:scans:)`` reads.
    static let columns = """
        f.fingerprint, f.opened_in, f.closed_in, f.source, f.check_id, f.regions, f.status, f.severity, f.muted, f.delta,
        f.transition, f.first_seen_at, f.failing_since, f.observed_at, f.detail, f.closed_as,
        r.uid, r.name, r.type, r.service, r.region, r.partition_name, r.data, r.tags, m.reason, f.discriminator
        """

    /// The join of a finding `f` with its resource and mute at generation `$3`. A finding that is gone shows the resource
    /// of the generation before.
    static let joins = """
        JOIN checks c ON c.tenant = $1 AND c.id = f.check_id
        JOIN region_sets g ON g.tenant = $1 AND g.id = f.regions
        LEFT JOIN resources r ON r.tenant = $1 AND r.account = $2 AND r.resource = f.resource
            AND r.opened_in <= CASE WHEN f.closed_in = $3 THEN $3 - 1 ELSE $3 END
            AND (r.closed_in IS NULL OR r.closed_in > CASE WHEN f.closed_in = $3 THEN $3 - 1 ELSE $3 END)
        LEFT JOIN finding_mutes m ON m.tenant = $1 AND m.account = $2 AND m.fingerprint = f.fingerprint
            AND m.opened_in <= $3 AND (m.closed_in IS NULL OR m.closed_in > $3)
        """

    /// The query, or nil when no finding can match.
    func query() -> (text: String, values: [Value])? {
        var values = view.id.values + [Value.int(view.generation)]
        var conditions = ["f.tenant = $1 AND f.account = $2"]
        conditions.append(state())
        if !filter.statuses.isEmpty { conditions.append(Self.among("f.status", filter.statuses.map(\.rawValue))) }
        if !filter.severities.isEmpty { conditions.append(Self.among("f.severity", filter.severities.map(\.rawValue))) }
        if !filter.checks.isEmpty || !filter.services.isEmpty {
            let checks = lookup.checkNames.keys.filter { check in
                lookup.sources.keys.contains { matcher.matches(check: lookup.metadata(source: $0, check: check)) }
            }
            guard !checks.isEmpty else { return nil }
            conditions.append(Self.among("f.check_id", checks.map { Int($0) }))
        }
        if !filter.regions.isEmpty {
            let sets = lookup.regionsOfSet.filter { matcher.matches(regions: $0.value) }.keys
            guard !sets.isEmpty else { return nil }
            conditions.append(Self.among("f.regions", sets.map { Int($0) }))
        }
        for tag in filter.tags {
            guard let value = tag.value else { continue }
            values.append(.int(TagText.number(of: Tag(key: tag.key, value: value))))
            conditions.append(
                """
                f.resource IN (SELECT t.resource FROM resource_tags t
                WHERE t.tenant = $1 AND t.account = $2 AND t.tag = $\(values.count))
                """)
        }
        let text = """
            SELECT \(Self.columns) FROM findings f \(Self.joins)
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY f.status, f.severity DESC, c.name, g.name, r.uid NULLS FIRST, f.fingerprint
            """
        return (text, values)
    }

    /// Which versions: those that hold, or those that the deltas ask for.
    private func state() -> String {
        let holds = StoreReader.holds("f", current: view.isCurrent)
        guard !filter.deltas.isEmpty else { return holds }
        let opened = "(\(holds) AND f.opened_in = $3"
        let gone = "(f.closed_in = $3 AND f.closed_as = \(Closings.Reason.gone.rawValue)"
        let parts = filter.deltas.map { delta in
            switch delta {
            case .new: "\(opened) AND f.delta = \(Delta.new.rawValue))"
            case .changed: "\(opened) AND f.delta = \(Delta.changed.rawValue))"
            case .updated: "\(opened) AND f.delta = \(Delta.updated.rawValue))"
            case .returned: "\(opened) AND f.delta = \(Delta.returned.rawValue))"
            case .unchanged: "(\(holds) AND f.opened_in < $3)"
            case .gone: "\(gone))"
            case .reopened: "\(opened) AND f.transition = \(Transition.reopened.rawValue))"
            case .resolved:
                "\(opened) AND f.transition = \(Transition.resolved.rawValue)) OR \(gone) AND f.status = \(Status.fail.rawValue))"
            }
        }
        return "(\(parts.sorted().joined(separator: " OR ")))"
    }

    /// The numbers come from enumerations and from the store's own tables, never from input.
    private static func among(_ column: String, _ numbers: [Int]) -> String {
        "\(column) IN (\(numbers.sorted().map(String.init).joined(separator: ", ")))"
    }
}
