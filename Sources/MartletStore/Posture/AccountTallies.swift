import MartletCore
import MartletPolicy

/// The dense tallies of one account at one generation, with the names behind the indexes.
public struct AccountTallies: Sendable {
    /// Check × region.
    public private(set) var grid: TallyGrid
    /// The index of each check that the account has findings or coverage of.
    public let indexOfCheck: [String: Int32]
    /// The store's number of the region behind each index, ascending.
    public let regions: [Int64]
    /// The region's name behind each index.
    public let regionNames: [String]

    /// Builds the tallies from the groups of findings and from coverage. Regions are those with coverage or findings;
    /// findings without a region count in the totals of their check only.
    public static func read(
        _ account: AccountID, generation: Int64, groups: [Tallies.Group], _ connection: any Connection
    ) throws -> AccountTallies {
        let checkNames = try Names.all(.check, tenant: account.tenant, connection)
        let regionNames = try Names.all(.region, tenant: account.tenant, connection)
        let setNames = try Names.all(.regionSet, tenant: account.tenant, connection)
        let regionNumbers = Dictionary(regionNames.map { ($1, $0) }) { first, _ in first }
        let members = setNames.mapValues { name in
            Names.regions(ofSet: name).compactMap { regionNumbers[$0] }
        }
        var coverage: [CoverageRecords.Entry] = []
        try CoverageRecords.entries(account, generation: generation, connection) { coverage.append($0) }

        var checks = Set(groups.map(\.check))
        var regions: Set<Int64> = []
        for group in groups { regions.formUnion(members[group.regions] ?? []) }
        for entry in coverage {
            checks.insert(entry.check)
            if regionNames[entry.region]?.isEmpty == false { regions.insert(entry.region) }
        }
        return try AccountTallies(
            checks: checks.sorted(), regions: regions.sorted(), checkNames: checkNames, regionNames: regionNames,
            members: members, groups: groups, coverage: coverage)
    }

    private init(
        checks: [Int64], regions: [Int64], checkNames: [Int64: String], regionNames: [Int64: String],
        members: [Int64: [Int64]], groups: [Tallies.Group], coverage: [CoverageRecords.Entry]
    ) throws {
        let checkIndex = Dictionary(uniqueKeysWithValues: checks.enumerated().map { ($1, $0) })
        let regionIndex = Dictionary(uniqueKeysWithValues: regions.enumerated().map { ($1, $0) })
        var grid = try TallyGrid(checkCount: checks.count, regionCount: regions.count)
        for group in groups {
            guard let check = checkIndex[group.check] else { continue }
            let count = Int32(clamping: group.count)
            grid.totals[check].add(group.status, muted: group.muted, count: count)
            for region in members[group.regions] ?? [] {
                guard let index = regionIndex[region] else { continue }
                grid[check: check, region: index].add(group.status, muted: group.muted, count: count)
            }
        }
        for entry in coverage {
            guard let check = checkIndex[entry.check], let region = regionIndex[entry.region] else { continue }
            grid[check: check, region: region].coverage.insert(CoverageSet(entry.state))
        }
        self.grid = grid
        self.regions = regions
        self.regionNames = regions.map { regionNames[$0] ?? "" }
        indexOfCheck = Dictionary(
            checks.enumerated().map { (checkNames[$1] ?? "", Int32(truncatingIfNeeded: $0)) }
        ) { first, _ in first }
    }
}
