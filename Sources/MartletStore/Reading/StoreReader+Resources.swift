import MartletCore
import MartletPolicy

extension StoreReader {
    /// Resources of the published postures, or of the scan `at`, by uid; accounts one after the other.
    public func resources(
        _ filter: ResourceFilter, at scan: String? = nil, limit: Int? = nil, _ body: (ResourceRow) throws -> Void
    ) throws {
        let names = try filter.resources.map { try GlobPattern($0) }
        let types = try filter.types.map { try GlobPattern($0) }
        let services = try filter.services.map { try GlobPattern($0) }
        let regions = Set(filter.regions)
        var left = limit ?? .max
        for view in try views(filter.accounts, at: scan) where left > 0 {
            let counts = try findingCounts(view)
            let cursor = try connection.cursor(
                """
                SELECT r.uid, r.name, r.type, r.service, r.region, r.partition_name, r.data, r.tags, r.resource,
                    r.first_seen_at, r.updated_at
                FROM resources r WHERE r.tenant = $1 AND r.account = $2
                AND \(Self.holds("r", current: view.isCurrent)) ORDER BY r.uid
                """, view.id.values + [.int(view.generation)])
            defer { cursor.close() }
            while left > 0, let row = try cursor.next() {
                let resource = Resources.observation(row, from: 0)
                let count = counts[row.int(8)] ?? (failed: 0, all: 0)
                guard !filter.failing || count.failed > 0,
                    names.isEmpty || names.contains(where: { $0.matches(resource.uid) || $0.matches(resource.name) }),
                    types.isEmpty || types.contains(where: { $0.matches(resource.type) }),
                    services.isEmpty || services.contains(where: { $0.matches(resource.service) }),
                    regions.isEmpty || regions.contains(resource.region),
                    filter.tags.allSatisfy({ tag in resource.tags.contains { tag.matches($0) } })
                else { continue }
                try body(
                    ResourceRow(
                        account: view.key, resource: resource, failedFindings: count.failed, findings: count.all,
                        firstSeenAt: row.time(9), updatedAt: row.time(10)))
                left -= 1
            }
        }
    }

    /// Unmuted FAIL findings and all findings of each resource.
    private func findingCounts(_ view: View) throws -> [Int64: (failed: Int64, all: Int64)] {
        var counts: [Int64: (failed: Int64, all: Int64)] = [:]
        try connection.query(
            """
            SELECT f.resource, SUM(CASE WHEN f.status = 0 AND f.muted = 0 THEN 1 ELSE 0 END), COUNT(*)
            FROM findings f WHERE f.tenant = $1 AND f.account = $2
            AND \(Self.holds("f", current: view.isCurrent)) GROUP BY f.resource
            """, view.id.values + [.int(view.generation)]
        ) { row in counts[row.int(0)] = (row.int(1), row.int(2)) }
        try connection.query(
            """
            SELECT f.resource, COUNT(*) FROM finding_mutes m
            JOIN findings f ON f.tenant = $1 AND f.account = $2 AND f.fingerprint = m.fingerprint
            WHERE m.tenant = $1 AND m.account = $2 AND m.opened_in <= $3 AND (m.closed_in IS NULL OR m.closed_in > $3)
            AND f.status = 0 AND f.muted = 0 AND \(Self.holds("f", current: view.isCurrent)) GROUP BY f.resource
            """, view.id.values + [.int(view.generation)]
        ) { row in counts[row.int(0)]?.failed -= row.int(1) }
        return counts
    }
}
