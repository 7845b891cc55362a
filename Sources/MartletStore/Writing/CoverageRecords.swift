import MartletCore

/// What is known of the coverage of an account, carried forward over partial scans.
public enum CoverageRecords {
    /// A source's knowledge of a check in a region.
    public struct Entry: Sendable, Hashable {
        /// The scanner's number.
        public var source: Int64
        /// The check's number.
        public var check: Int64
        /// The region's number; that of the empty name for what belongs to no region.
        public var region: Int64
        /// What became of the check there.
        public var state: CoverageState

        /// Makes an entry of numbers that the store has given.
        public init(source: Int64, check: Int64, region: Int64, state: CoverageState) {
            self.source = source
            self.check = check
            self.region = region
            self.state = state
        }
    }

    /// Takes in what one scan covered; entries ascend by source, check, region. What it did not cover stays.
    public static func update(
        _ entries: some Sequence<Entry>, _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws {
        let writer = try VersionedWriter(.coverage, account, generation: generation, connection)
        for entry in entries {
            try writer.add(
                key: [.int(entry.source), .int(entry.check), .int(entry.region)],
                values: [.int(Int64(entry.state.rawValue))])
        }
        try writer.finish()
    }

    /// Everything known at a generation.
    public static func entries(
        _ account: AccountID, generation: Int64, _ connection: any Connection, _ body: (Entry) throws -> Void
    ) throws {
        try connection.query(
            """
            SELECT source, check_id, region, state FROM coverage
            WHERE tenant = $1 AND account = $2 AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3)
            """, account.values + [.int(generation)]
        ) { row in
            guard let state = CoverageState(rawValue: Int(row.int(3))) else { return }
            try body(Entry(source: row.int(0), check: row.int(1), region: row.int(2), state: state))
        }
    }
}
