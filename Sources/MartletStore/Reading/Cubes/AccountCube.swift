import MartletCore

/// An account's findings at one posture, counted by everything that overviews ask for: a few thousand numbers that stand for
/// any number of findings.
public struct AccountCube: Sendable {
    /// Findings that are alike in everything that counts.
    public struct Cell: Sendable, Hashable {
        /// The check's number; 0 in ``AccountCube/cellsOfRegions``.
        public var check: Int64
        /// The number of the set of regions; 0 in ``AccountCube/cellsOfChecks``.
        public var regions: Int64
        /// What the check said.
        public var status: Status
        /// How bad a FAIL of it is.
        public var severity: Severity
        /// By the source or by a mute.
        public var isMuted: Bool
        /// How they differ from the scan before; nil where they don't.
        public var delta: Delta?
        /// Findings of this kind, at least 1.
        public var count: Int64
        /// When the first of them was first seen.
        public var firstSeenAt: Timestamp
        /// Since when the longest of them fails; nil where none does.
        public var failingSince: Timestamp?
    }

    /// Resources that a check speaks of.
    public struct Resources: Sendable, Hashable {
        /// Those with an unmuted FAIL.
        public var failed: Int64 = 0
        /// All of them.
        public var total: Int64 = 0

        /// No resources.
        public init() {}
    }

    /// The account.
    public var account: AccountKey
    /// Its number.
    public var number: Int64
    /// When the source of the scan looked.
    public var observedAt: Timestamp
    /// By check.
    public private(set) var cells: [Cell] = []
    /// The same whatever the regions, by check: far fewer, and all that most questions need.
    public private(set) var cellsOfChecks: [Cell] = []
    /// The same whatever the check.
    public private(set) var cellsOfRegions: [Cell] = []
    /// By the check's number.
    public var resourcesOfCheck: [Int64: Resources] = [:]
    /// Which text holds for a check's number.
    public var textOfCheck: [Int64: Int64] = [:]

    /// A measure of its size in memory, in bytes.
    var cost: Int {
        let all = cells.count + cellsOfChecks.count + cellsOfRegions.count
        return 96 * (all + resourcesOfCheck.count + textOfCheck.count) + 256
    }

    init(account: AccountKey, number: Int64, observedAt: Timestamp) {
        self.account = account
        self.number = number
        self.observedAt = observedAt
    }

    /// Takes all cells, and adds up those that differ in regions or in checks only.
    mutating func take(_ cells: [Cell]) {
        self.cells = cells.sorted { $0.check < $1.check }
        // The order is kept.
        cellsOfChecks = Self.sums(self.cells) { $0.regions = 0 }
        cellsOfRegions = Self.sums(cells) { $0.check = 0 }
    }

    /// Cells added up that are alike once `blur` has taken something away from them.
    private static func sums(_ cells: [Cell], _ blur: (inout Cell) -> Void) -> [Cell] {
        var places: [Cell: Int] = [:]
        var sums: [Cell] = []
        for cell in cells {
            var kind = cell
            blur(&kind)
            // What they are added up by is all but their numbers.
            kind.count = 0
            kind.firstSeenAt = Timestamp(milliseconds: 0)
            kind.failingSince = nil
            guard let place = places[kind] else {
                places[kind] = sums.count
                var sum = cell
                blur(&sum)
                sums.append(sum)
                continue
            }
            sums[place].count += cell.count
            sums[place].firstSeenAt = min(sums[place].firstSeenAt, cell.firstSeenAt)
            if let since = cell.failingSince {
                sums[place].failingSince = min(sums[place].failingSince ?? since, since)
            }
        }
        return sums
    }
}
