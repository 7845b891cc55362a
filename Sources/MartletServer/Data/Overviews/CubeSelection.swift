import MartletCore
import MartletStore

/// What a query finds in the cubes of postures, with the names behind the numbers.
struct CubeSelection: Sendable {
    /// One cube for each account that is left.
    private(set) var cubes: [AccountCube]
    let checks: [Int64: String]
    /// The regions of each set.
    let regions: [Int64: [String]]
    let facts: CheckFacts

    /// Reads the cubes of what is published, or of one scan.
    init(_ moment: ScanMoment, _ context: RequestContext, _ reader: StoreReader) throws {
        let cache = context.services.postures
        cubes = try reader.cubes(AccountFilter(numbers: moment.accounts), at: moment.scan, cache)
        checks = try reader.names(.check, cache)
        regions = try reader.names(.regionSet, cache).mapValues { Names.regions(ofSet: $0) }
        facts = try reader.checkFacts(cache)
    }

    /// What the source says of a check of an account.
    func text(_ check: Int64, _ cube: AccountCube) -> CheckFacts.Text? {
        cube.textOfCheck[check].flatMap { facts.texts[$0] }
    }

    /// The service of a check; empty where nobody says.
    func service(_ check: Int64, _ cube: AccountCube) -> String { text(check, cube)?.service ?? "" }

    /// Keeps the cells that a query's filters let through: status, severity, delta, muted, check, service, region, category.
    mutating func filter(_ query: JSONAPIQuery) {
        let conditions = CellConditions(query)
        guard !conditions.isEmpty else { return }
        for place in cubes.indices {
            let cube = cubes[place]
            cubes[place].cells = cube.cells.filter { cell in
                conditions.match(
                    cell, check: checks[cell.check] ?? "", regions: regions[cell.regions] ?? [],
                    text: text(cell.check, cube))
            }
        }
    }

    /// The names of all regions that findings name.
    var regionNames: Set<String> {
        var names: Set<String> = []
        forEach { _, cell in names.formUnion(regions[cell.regions] ?? []) }
        return names
    }

    /// Every cell with its cube.
    func forEach(_ body: (AccountCube, AccountCube.Cell) -> Void) {
        for cube in cubes { for cell in cube.cells { body(cube, cell) } }
    }
}
