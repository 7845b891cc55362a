import MartletStore

/// How much a scan has written.
enum VersionRows {
    private static let tables = [
        "findings", "resources", "resource_tags", "coverage", "check_holdings", "finding_mutes", "compliance_rows",
        "framework_summaries", "scores", "postures",
    ]

    /// The version rows of all tables that were opened in a generation, in all accounts.
    static func opened(in generation: Int64, _ store: Store) async throws -> Int64 {
        let tenant = store.tenant
        return try await store.database.read { connection in
            var rows: Int64 = 0
            for table in tables where try connection.columns(of: table).contains("opened_in") {
                let sql = "SELECT COUNT(*) FROM \(table) WHERE tenant = $1 AND opened_in = $2"
                rows += try connection.first(sql, [.int(tenant), .int(generation)]) { $0.int(0) } ?? 0
            }
            return rows
        }
    }
}
