import MartletCore
import MartletStore

/// What one scan covered, by the numbers of checks and regions: pure.
struct CoverageScope: Sendable {
    let scope: ImportScope
    /// Checks that the scan stated.
    private(set) var checks: Set<Int64> = []
    /// Regions that the scan stated; the region without a name for findings that name none.
    private(set) var regions: Set<Int64> = []
    private var pairs: Set<Pair> = []
    /// Checks with a statement that could not be used: whatever is not seen of them may have been in it.
    private var unreliable: Set<Int64>
    /// A statement that could not be used did not even show its check, so nothing is gone.
    private let unreliableAtAll: Bool
    private let members: [Int64: [Int64]]
    /// Nothing outside of them is covered, whatever was stated.
    private let limits: CoverageLimits
    /// What the source itself says; nil where all of it is inferred from findings.
    private var own: StatedCoverage?
    private var lastStated: CheckRegions?

    private struct Pair: Hashable {
        var check: Int64
        var region: Int64
    }

    /// Coverage rows that one scan may have; a matrix beyond that is not what a scanner writes.
    static let maximumEntries = 2_000_000

    /// - Parameters:
    ///   - stated: The pairs of check and set of regions that the scan stated.
    ///   - members: The regions of each set; the region without a name for the empty set.
    init(
        _ scope: ImportScope, stated: Set<CheckRegions>, members: [Int64: [Int64]], unreliable: Set<Int64>,
        unreliableAtAll: Bool, limits: CoverageLimits = CoverageLimits()
    ) {
        self.scope = scope
        self.limits = limits
        self.members = members
        self.unreliable = unreliable
        self.unreliableAtAll = unreliableAtAll
        for pair in stated { add(statedCheck: pair.check, regions: pair.regions) }
    }

    /// The coverage of a source that states it itself; findings add only their regions to it.
    init(_ own: StatedCoverage, members: [Int64: [Int64]], unreliable: Set<Int64>, unreliableAtAll: Bool) {
        scope = .observed
        limits = CoverageLimits()
        self.own = own
        self.members = members
        self.unreliable = unreliable
        self.unreliableAtAll = unreliableAtAll
    }

    /// Takes in a finding that the scan stated.
    mutating func add(statedCheck check: Int64, regions set: Int64) {
        guard own == nil else { return }
        guard lastStated != CheckRegions(check: check, regions: set) else { return }
        lastStated = CheckRegions(check: check, regions: set)
        for region in members[set] ?? [] where limits.admits(check, region) {
            checks.insert(check)
            regions.insert(region)
            pairs.insert(Pair(check: check, region: region))
        }
    }

    /// Takes in an open finding of the same scanner: in the scope `full` its check and regions count as covered.
    mutating func add(openCheck check: Int64, regions set: Int64) {
        for region in members[set] ?? [] { own?.add(region: region) }
        guard scope == .full else { return }
        for region in members[set] ?? [] where !covers(check, region) && limits.admits(check, region) {
            pairs.insert(Pair(check: check, region: region))
        }
    }

    /// Takes in an open finding that was not seen. One whose severity the filters leave out shows that not all of its
    /// check was looked at.
    mutating func add(unseenCheck check: Int64, severity: Severity) {
        if !limits.admits(severity) { unreliable.insert(check) }
    }

    /// Whether the scan covered a check in a region.
    func covers(_ check: Int64, _ region: Int64) -> Bool {
        if let own { return own.state(check, region)?.closesFindings ?? false }
        return switch scope {
        case .full, .matrix:
            checks.contains(check) && regions.contains(region) || pairs.contains(Pair(check: check, region: region))
        case .observed: pairs.contains(Pair(check: check, region: region))
        }
    }

    /// Whether a finding that was not seen is gone: its check was covered in every region it names, and nothing of the
    /// check was unusable.
    func closes(check: Int64, regions set: Int64) -> Bool {
        !isUnreliable(check) && includes(check: check, regions: set)
    }

    /// Whether a statement of the check could not be used, so that what was not seen may have been in it.
    func isUnreliable(_ check: Int64) -> Bool { unreliableAtAll || unreliable.contains(check) }

    /// Whether a finding's check was covered in every region it names.
    func includes(check: Int64, regions set: Int64) -> Bool {
        (members[set] ?? []).allSatisfy { scope == .full ? limits.admits(check, $0) : covers(check, $0) }
    }

    /// The coverage to store, ascending by check and region. Throws when there is too much of it.
    func entries(source: Int64) throws -> [CoverageRecords.Entry] {
        if let own { return try own.entries(source: source) }
        let product = scope == .observed ? 0 : checks.count * regions.count
        guard product + pairs.count <= Self.maximumEntries else {
            throw MartletError(
                .limit,
                "\(checks.count) checks × \(regions.count) regions are too much coverage for one scan; "
                    + "import with --scope observed.")
        }
        var all = pairs
        if scope != .observed {
            for check in checks {
                for region in regions { all.insert(Pair(check: check, region: region)) }
            }
        }
        return all.sorted { ($0.check, $0.region) < ($1.check, $1.region) }
            .map { .init(source: source, check: $0.check, region: $0.region, state: .inferred) }
    }

    /// The coverage as the scan's row keeps it: groups of checks that were covered in the same regions.
    /// - Parameter unseen: Versions that were covered and stayed open because their checks were unreliable; nil when there
    ///   are too many to keep, so that those checks do not count as covered at all.
    func text(unseen: Set<Int64>?) -> String {
        var regionsOfCheck: [Int64: Set<Int64>] = own?.closingRegions ?? [:]
        for pair in pairs { regionsOfCheck[pair.check, default: []].insert(pair.region) }
        if scope != .observed {
            for check in checks { regionsOfCheck[check, default: []].formUnion(regions) }
        }
        if unseen == nil {
            if unreliableAtAll { regionsOfCheck = [:] }
            for check in unreliable { regionsOfCheck[check] = nil }
        }
        var coverage = ScanCoverage(regionsOfCheck: regionsOfCheck)
        coverage.unseen = unseen ?? []
        return coverage.text
    }
}
