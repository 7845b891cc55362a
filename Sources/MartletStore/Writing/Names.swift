import MartletCore

/// Names that repeat many times, kept once per tenant under a small integer.
public enum Names {
    /// The kinds of names, each a table.
    public enum Kind: String, Sendable, CaseIterable {
        /// Scanners.
        case source = "sources"
        /// Ids of checks.
        case check = "checks"
        /// Regions; the empty name stands for "no region".
        case region = "regions"
        /// Sets of regions in the form ``Names/setName(_:)`` gives.
        case regionSet = "region_sets"
    }

    private static let stage = Stage("stage_names", [.init("name", .text)])

    /// The numbers of these names; those that are new get one. Three statements and a load, whatever the count.
    public static func numbers(
        of names: [String], kind: Kind, tenant: Int64, _ connection: any Connection
    ) throws -> [String: Int64] {
        guard !names.isEmpty else { return [:] }
        let loader = try connection.load(stage)
        for name in names.sorted() {
            loader.add(name)
            try loader.endRow()
        }
        try loader.finish()
        let table = kind.rawValue
        try connection.lock(
            .numbers(
                table: table, tenant: tenant,
                when: """
                    EXISTS (SELECT 1 FROM stage_names s
                    WHERE NOT EXISTS (SELECT 1 FROM \(table) t WHERE t.tenant = $1 AND t.name = s.name))
                    """))
        try connection.execute(
            """
            INSERT INTO \(table) (tenant, id, name)
            SELECT $1, (SELECT COALESCE(MAX(id), 0) FROM \(table) WHERE tenant = $1)
                + ROW_NUMBER() OVER (ORDER BY s.name), s.name
            FROM stage_names s
            WHERE NOT EXISTS (SELECT 1 FROM \(table) t WHERE t.tenant = $1 AND t.name = s.name)
            """, [.int(tenant)])
        var numbers: [String: Int64] = [:]
        try connection.query(
            "SELECT t.name, t.id FROM stage_names s JOIN \(table) t ON t.tenant = $1 AND t.name = s.name",
            [.int(tenant)]
        ) { numbers[$0.text(0)] = $0.int(1) }
        return numbers
    }

    /// Every name of a kind by its number.
    public static func all(_ kind: Kind, tenant: Int64, _ connection: any Connection) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        try connection.query("SELECT id, name FROM \(kind.rawValue) WHERE tenant = $1", [.int(tenant)]) {
            names[$0.int(0)] = $0.text(1)
        }
        return names
    }

    /// The text under which a set of regions is kept: sorted, each region ended by a line feed, which no region's name
    /// contains; empty for "no region".
    public static func setName(_ regions: [String]) -> String { regions.map { $0 + "\n" }.joined() }

    /// The regions of a set's text.
    public static func regions(ofSet name: String) -> [String] {
        name.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }
}
