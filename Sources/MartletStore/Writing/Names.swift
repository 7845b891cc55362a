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

    /// The numbers of these names; those that are new get one. One look-up where all are known, else two and a load.
    public static func numbers(
        of names: [String], kind: Kind, tenant: Int64, _ connection: any Connection
    ) throws -> [String: Int64] {
        var numbers: [String: Int64] = [:]
        var missing = Array(Set(names)).sorted()
        try find(&missing, kind, tenant, connection, &numbers)
        guard !missing.isEmpty else { return numbers }
        // Someone else may have numbered them meanwhile: look again behind the lock.
        try connection.lock(.numbers(table: kind.rawValue, tenant: tenant))
        var last = try find(&missing, kind, tenant, connection, &numbers)
        guard !missing.isEmpty else { return numbers }
        let loader = try connection.load(into: kind.rawValue, columns: ["tenant", "id", "name"])
        for name in missing {
            last += 1
            numbers[name] = last
            loader.add(tenant)
            loader.add(last)
            loader.add(name)
            try loader.endRow()
        }
        try loader.finish()
        return numbers
    }

    /// Takes the names that have a number out of `missing`, and gives the highest number of the table.
    @discardableResult
    private static func find(
        _ missing: inout [String], _ kind: Kind, _ tenant: Int64, _ connection: any Connection,
        _ numbers: inout [String: Int64]
    ) throws -> Int64 {
        let asked = missing
        missing = []
        var last: Int64 = 0
        let table = kind.rawValue
        try connection.lookUp(
            """
            SELECT COALESCE((SELECT id FROM \(table) WHERE tenant = $1 AND name = $2), 0),
                (SELECT COALESCE(MAX(id), 0) FROM \(table) WHERE tenant = $1)
            """, [.int(tenant)], texts: asked
        ) { place, row in
            last = row.int(1)
            if row.int(0) > 0 { numbers[asked[place]] = row.int(0) } else { missing.append(asked[place]) }
        }
        return last
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
