import MartletCore

extension StoreReader {
    /// The texts that some resources have, each sorted and without the empty one; at most 10,000 of each.
    public struct ResourceValues: Sendable, Hashable {
        /// Services.
        public var services: [String] = []
        /// Regions.
        public var regions: [String] = []
        /// Types.
        public var types: [String] = []
    }

    /// The values that the resources of a query have. Conditions on tags count only as far as an index knows them.
    public func resourceValues(_ query: ResourceQuery, at scan: String? = nil) throws -> ResourceValues {
        let views = try views(query.accounts, at: scan)
        var values = ResourceValues()
        guard !views.isEmpty else { return values }
        let parts = try resourceConditions(query, views, after: nil)
        func distinct(_ column: String) throws -> [String] {
            var found: [String] = []
            try connection.query(
                """
                SELECT DISTINCT r.\(column) FROM resources r JOIN accounts a ON a.tenant = $1 AND a.id = r.account
                WHERE r.tenant = $1 AND \(parts.text) AND r.\(column) <> '' ORDER BY r.\(column) LIMIT 10000
                """, parts.values
            ) { found.append($0.text(0)) }
            return found
        }
        values.services = try distinct("service")
        values.regions = try distinct("region")
        values.types = try distinct("type")
        return values
    }
}
