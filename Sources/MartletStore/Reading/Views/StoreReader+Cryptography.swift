import MartletCore
import MartletPolicy

extension StoreReader {
    /// A part of the resources of some types, by account and number.
    ///
    /// - Parameters:
    ///   - types: Types in small letters.
    ///   - last: The last resource of the part before; nil for the beginning.
    ///   - limit: Resources at most, at least 1.
    /// - Returns: The resources, and where the next part begins; nil after the last one.
    public func resources(
        ofTypes types: [String], _ filter: AccountFilter, at scan: String? = nil, after last: ResourceNumber?,
        limit: Int
    ) throws -> (rows: [TypedResource], next: ResourceNumber?) {
        var rows: [TypedResource] = []
        let limit = max(limit, 1)
        // What is read is a part of the resources by number; texts of types stand in quotes and contain none.
        let wanted = types.map { "'\($0.filter { $0 != "'" })'" }.joined(separator: ", ")
        let views = try views(filter, at: scan).sorted { $0.id.account < $1.id.account }
        for view in views where view.id.account >= last?.account ?? 0 {
            let first = view.id.account == last?.account ? last?.resource ?? 0 : 0
            try connection.query(
                """
                SELECT r.uid, r.name, r.type, r.service, r.region, r.partition_name, r.data, r.tags, r.resource
                FROM resources r WHERE r.tenant = $1 AND r.account = $2
                AND \(Self.holds("r", current: view.isCurrent)) AND r.resource > $4 AND LOWER(r.type) IN (\(wanted))
                ORDER BY r.resource LIMIT \(limit - rows.count)
                """, view.id.values + [.int(view.generation), .int(first)]
            ) { row in
                rows.append(
                    TypedResource(
                        number: ResourceNumber(account: view.id.account, resource: row.int(8)), account: view.key,
                        resource: Resources.observation(row, from: 0)))
            }
            if rows.count >= limit { return (rows, rows.last?.number) }
        }
        return (rows, nil)
    }

    /// Where some checks could not look, by account and check: what an answer made of them does not contain.
    public func coverageGaps(
        of checks: Set<String>, _ filter: AccountFilter, at scan: String? = nil
    ) throws -> [CheckGap] {
        let names = try Names.all(.check, tenant: tenant, connection).filter { checks.contains($0.value) }
        var gaps: [CheckGap] = []
        for view in try views(filter, at: scan) {
            var states: [String: CoverageState] = [:]
            try CoverageRecords.entries(view.id, generation: view.generation, connection) { entry in
                guard let name = names[entry.check], !entry.state.closesFindings else { return }
                states[name] = states[name].map { CoverageState.merge($0, entry.state) } ?? entry.state
            }
            gaps += states.sorted { $0.key < $1.key }.map {
                CheckGap(account: view.key, check: $0.key, state: $0.value)
            }
        }
        return gaps
    }

    /// What an inventory of some accounts is called: the same postures give the same UUID. And when the newest of their
    /// scans looked; nil where nothing was scanned.
    public func inventoryLabel(
        _ filter: AccountFilter, at scan: String? = nil
    ) throws -> (serial: String, observedAt: Timestamp?) {
        let views = try views(filter, at: scan)
        var hasher = ContentHasher()
        hasher.add("inventory of cryptography")
        for view in views {
            hasher.add(view.key.description)
            hasher.add(view.generation)
        }
        return (hasher.finish().uuid(version: 8), views.map(\.observedAt).max())
    }
}
