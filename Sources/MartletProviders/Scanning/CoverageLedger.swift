import MartletCore

/// What becomes of checks while a scan runs: pure. Checks are named by their places.
struct CoverageLedger: Sendable {
    private struct Entry {
        var state: CoverageState?
        /// Each reason with what it alone makes of the check.
        var gaps: [CoverageGap: CoverageState] = [:]

        mutating func add(_ other: CoverageState, _ gap: CoverageGap?) {
            let merged = state.map { CoverageState.merge($0, other) } ?? other
            // What makes it worse is kept in any case: statements are made of the reasons.
            if let gap, gaps.count < CoverageLedger.maximumGaps || merged != state { gaps[gap] = other }
            state = merged
        }
    }

    private var regional: [Int: [String: Entry]] = [:]
    private var everywhere: [Int: Entry] = [:]
    private var regions: Set<String> = []

    /// Reasons that are kept for a check and region.
    static let maximumGaps = 20

    /// Where things are that are in no region.
    static let global = "global"

    /// There is something in a region.
    mutating func note(region: String) { regions.insert(region) }

    /// A check has looked at a resource.
    mutating func evaluated(_ check: Int, in region: String) {
        regions.insert(region)
        regional[check, default: [:]][region, default: Entry()].add(.evaluated, nil)
    }

    /// A check could not look at what is in a region, or, with nil, nobody knows where.
    mutating func failed(_ check: Int, in region: String?, _ state: CoverageState, _ gap: CoverageGap) {
        if let region {
            regions.insert(region)
            regional[check, default: [:]][region, default: Entry()].add(state, gap)
        } else {
            everywhere[check, default: Entry()].add(state, gap)
        }
    }

    /// What is to be said of a check at the end.
    ///
    /// - Parameter limit: The regions that the scan was limited to; nil when it was not.
    func statements(
        of check: Int, id: String, account: AccountKey, limit: Set<String>?
    ) -> [CoverageStatement] {
        var statements: [CoverageStatement] = []
        func add(_ region: String?, _ entry: Entry) {
            let state = entry.state ?? .noResources
            guard !entry.gaps.isEmpty else {
                statements.append(CoverageStatement(account: account, check: id, region: region, state: state))
                return
            }
            // Of several statements the one holds that promises least, which is the entry's state.
            statements += entry.gaps.sorted { $0.key < $1.key }.map {
                CoverageStatement(account: account, check: id, region: region, state: $0.value, gap: $0.key)
            }
        }
        let own = regional[check] ?? [:]
        let general = everywhere[check] ?? Entry()
        if general.state != nil {
            // What is missing may have been anywhere.
            var whole = general
            for entry in own.values {
                for (gap, state) in entry.gaps where whole.gaps.count < Self.maximumGaps { whole.gaps[gap] = state }
            }
            for region in limit.map({ $0.sorted().map(Optional.some) }) ?? [nil] { add(region, whole) }
            return statements
        }
        for region in (limit ?? Set(own.keys)).sorted() { add(region, own[region] ?? Entry()) }
        if limit == nil {
            for region in regions.subtracting(own.keys).sorted() { add(region, Entry()) }
            add(nil, Entry())
        }
        return statements
    }
}
