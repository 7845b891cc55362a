import MartletCore
import MartletStore

/// What a query finds in the cubes of postures, with the names behind the numbers.
struct CubeSelection: Sendable {
    /// By what an answer tells findings apart.
    enum Grain: Sendable {
        /// Checks only, or nothing.
        case checks
        /// Regions only.
        case regions
        /// Both.
        case both
    }

    /// One cube for each account that is left.
    let cubes: [AccountCube]
    let checks: [Int64: String]
    /// The regions of each set.
    let regions: [Int64: [String]]
    let facts: CheckFacts
    /// The cells of each cube that the query lets through; by check unless the grain is ``Grain/regions``.
    private let cells: [[AccountCube.Cell]]

    /// Reads the cubes of what is published, or of one scan, and keeps the cells that the query's filters let through:
    /// status, severity, delta, muted, check, service, region, category.
    ///
    /// - Parameter grain: Cells without what neither the answer nor a filter tells apart are fewer by far.
    init(
        _ moment: ScanMoment, _ query: JSONAPIQuery, by grain: Grain, _ cache: PostureCache, _ reader: StoreReader
    ) throws {
        let cubes = try reader.cubes(AccountFilter(numbers: moment.accounts), at: moment.scan, cache)
        let checks = try reader.names(.check, cache)
        let regions = try reader.regionSets(cache)
        let facts = try reader.checkFacts(cache)
        (self.cubes, self.checks, self.regions, self.facts) = (cubes, checks, regions, facts)
        let conditions = CellConditions(query)
        cells = cubes.map { cube in
            let all =
                switch grain {
                case .checks where !conditions.needRegions: cube.cellsOfChecks
                case .regions where !conditions.needChecks: cube.cellsOfRegions
                case .checks, .regions, .both: cube.cells
                }
            guard !conditions.isEmpty else { return all }
            return all.filter { cell in
                conditions.match(
                    cell, check: checks[cell.check] ?? "", regions: regions[cell.regions] ?? [],
                    text: Self.text(cell.check, cube, facts))
            }
        }
    }

    private static func text(_ check: Int64, _ cube: AccountCube, _ facts: CheckFacts) -> CheckFacts.Text? {
        cube.textOfCheck[check].flatMap { facts.texts[$0] }
    }

    /// What the source says of a check of an account.
    func text(_ check: Int64, _ cube: AccountCube) -> CheckFacts.Text? { Self.text(check, cube, facts) }

    /// The service of a check; empty where nobody says.
    func service(_ check: Int64, _ cube: AccountCube) -> String { text(check, cube)?.service ?? "" }

    /// The names of all regions that findings name.
    var regionNames: Set<String> {
        var sets: Set<Int64> = []
        forEach { _, cell in sets.insert(cell.regions) }
        return Set(sets.flatMap { regions[$0] ?? [] })
    }

    /// Every cell with its cube.
    func forEach(_ body: (AccountCube, AccountCube.Cell) -> Void) {
        for (cube, cells) in zip(cubes, cells) { for cell in cells { body(cube, cell) } }
    }

    /// Adds up the cells of each check of each account: names are looked up for each check then, not for each cell.
    func forEachCheck<Sum>(
        from empty: Sum, _ add: (inout Sum, AccountCube.Cell) -> Void, _ body: (AccountCube, Int64, Sum) -> Void
    ) {
        for (cube, cells) in zip(cubes, cells) {
            // Cells of a check stand together.
            var sum = empty
            for (place, cell) in cells.enumerated() {
                add(&sum, cell)
                guard place + 1 == cells.count || cells[place + 1].check != cell.check else { continue }
                body(cube, cell.check, sum)
                sum = empty
            }
        }
    }
}
