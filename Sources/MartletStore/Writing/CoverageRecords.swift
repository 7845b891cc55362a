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

    /// Takes in what one scan covered; entries ascend by source, check, region. What it did not cover stays. False when
    /// all of this was known.
    @discardableResult
    public static func update(
        _ entries: some Sequence<Entry>, _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws -> Bool {
        var held: [[Int64]: [UInt8]] = [:]
        try connection.query(
            """
            SELECT source, check_id, regions FROM coverage WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            """, account.values
        ) { held[[$0.int(0), $0.int(1)]] = $0.bytes(2) }
        let writer = try VersionedWriter(.coverage, account, generation: generation, connection)
        var key: [Int64]?
        var states: [Int64: CoverageState] = [:]
        func write() throws {
            guard let key else { return }
            try writer.add(key: key.map(Value.int), values: [.bytes(CoverageRegions.encode(states))])
        }
        for entry in entries {
            let next = [entry.source, entry.check]
            if next != key {
                try write()
                key = next
                states = [:]
                // Where the scan did not look, what was known stays.
                try CoverageRegions.decode(held[next] ?? []) { states[$0] = $1 }
            }
            states[entry.region] = entry.state
        }
        try write()
        try writer.finish()
        return writer.hasChanges
    }

    /// Everything known at a generation.
    public static func entries(
        _ account: AccountID, generation: Int64, _ connection: any Connection, _ body: (Entry) throws -> Void
    ) throws {
        try connection.query(
            """
            SELECT source, check_id, regions FROM coverage
            WHERE tenant = $1 AND account = $2 AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3)
            """, account.values + [.int(generation)]
        ) { row in
            let (source, check) = (row.int(0), row.int(1))
            try CoverageRegions.decode(row.bytes(2)) { region, state in
                try body(Entry(source: source, check: check, region: region, state: state))
            }
        }
    }
}
