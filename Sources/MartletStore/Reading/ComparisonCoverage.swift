import MartletCore

/// What the scans of an account between two generations covered.
struct ComparisonCoverage {
    private var covered: [(source: Int64, coverage: ScanCoverage)] = []
    /// The numbers of the regions of each set; findings that name none belong to the region with the empty name.
    private let sets: [Int64: [Int64]]

    init(_ later: StoreReader.View, after earlier: Int64, _ connection: any Connection) throws {
        let tenant = later.id.tenant
        let numbers = Dictionary(
            try Names.all(.region, tenant: tenant, connection).map { ($1, $0) }
        ) { first, _ in first }
        sets = try Names.all(.regionSet, tenant: tenant, connection).mapValues { name in
            name.isEmpty ? [numbers[""] ?? -1] : Names.regions(ofSet: name).map { numbers[$0] ?? -1 }
        }
        try connection.query(
            """
            SELECT n.id, s.coverage FROM scans s JOIN sources n ON n.tenant = $1 AND n.name = s.source
            WHERE s.tenant = $1 AND s.account = $2 AND s.generation > $3 AND s.generation <= $4
            AND s.coverage IS NOT NULL
            """, later.id.values + [.int(earlier), .int(later.generation)]
        ) { row in covered.append((row.int(0), try ScanCoverage(text: row.text(1)))) }
    }

    /// A scan could not tell of every finding that it covered.
    var missedSome: Bool { covered.contains { !$0.coverage.unseen.isEmpty } }

    /// Whether one of the scans covered a check in all regions of a set.
    func covers(source: Int64, check: Int64, regions: Int64) -> Bool {
        let regions = sets[regions] ?? []
        return covered.contains { $0.source == source && $0.coverage.covers(check: check, regions: regions) }
    }

    /// Whether one of the scans tells about a finding that was open all the time.
    func saw(_ key: FindingKey) -> Bool {
        let regions = sets[key.regions] ?? []
        return covered.contains {
            $0.source == key.source && $0.coverage.saw(key.id, check: key.check, regions: regions)
        }
    }
}
