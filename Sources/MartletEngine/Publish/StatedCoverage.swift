import MartletCore
import MartletStore

/// What a source says itself of its coverage, by the numbers of checks and regions: pure.
struct StatedCoverage: Sendable {
    private struct Pair: Hashable {
        var check: Int64
        var region: Int64
    }

    private var states: [Pair: CoverageState] = [:]
    /// What holds for each check in all other regions.
    private var elsewhere: [Int64: CoverageState] = [:]
    private var checks: Set<Int64> = []
    private var regions: Set<Int64> = []

    /// Takes the statements of a scan over into numbers.
    init(_ log: CoverageLog, checks: [String: Int64], regions: [String: Int64]) {
        for (key, state) in log.states {
            guard let check = checks[key.check] else { continue }
            self.checks.insert(check)
            if let name = key.region, let region = regions[name] {
                states[Pair(check: check, region: region)] = state
                self.regions.insert(region)
            } else if key.region == nil {
                elsewhere[check] = state
            }
        }
    }

    /// Takes in a region that the account has or had.
    mutating func add(region: Int64) { regions.insert(region) }

    /// What became of a check in a region; nil when the source did not say.
    func state(_ check: Int64, _ region: Int64) -> CoverageState? {
        states[Pair(check: check, region: region)] ?? elsewhere[check]
    }

    /// The coverage to store, ascending by check and region. Throws when there is too much of it.
    func entries(source: Int64) throws -> [CoverageRecords.Entry] {
        guard checks.count * regions.count <= CoverageScope.maximumEntries else {
            throw MartletError(
                .limit,
                "\(checks.count) checks × \(regions.count) regions are too much coverage for one scan; limit it by "
                    + "--checks or --regions.")
        }
        return checks.sorted().flatMap { check in
            regions.sorted().compactMap { region in
                state(check, region).map { .init(source: source, check: check, region: region, state: $0) }
            }
        }
    }

    /// For each check the regions in which what was not seen is gone.
    var closingRegions: [Int64: Set<Int64>] {
        var result: [Int64: Set<Int64>] = [:]
        for check in checks {
            let closing = regions.filter { state(check, $0)?.closesFindings ?? false }
            if !closing.isEmpty { result[check] = closing }
        }
        return result
    }
}
