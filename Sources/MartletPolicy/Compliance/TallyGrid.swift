import MartletCore

/// The tallies of one account: a dense array of checks × regions, and totals per check.
///
/// The axes are indexes into tables that the caller keeps. **Every** check that has a finding or coverage belongs into
/// the grid, mapped by a framework or not: Prowler's terms derive the regions from it. A finding counts in each region
/// that it names and in none when it names none, but exactly once in ``totals``.
///
/// An index outside the axes is a mistake of the program and traps, as with an array; compiled frameworks with such
/// indexes do not (see ``CompiledRequirement``).
public struct TallyGrid: Sendable {
    /// The most cells a grid may have, about 120 MB: 600 checks in 7,000 regions.
    public static let maximumCells = 1 << 22

    /// The length of the first axis.
    public let checkCount: Int
    /// The length of the second axis.
    public let regionCount: Int
    /// One tally per check over the whole account: each finding once, however many regions it names.
    public var totals: [CheckTally]

    /// Check-major, so that the regions of one check lie side by side.
    private var cells: [CheckTally]

    /// Makes an empty grid; a negative length counts as 0.
    ///
    /// Throws ``MartletError`` (`limit`) when checks × regions is over ``maximumCells``.
    public init(checkCount: Int, regionCount: Int) throws {
        let checks = max(0, checkCount)
        let regions = max(0, regionCount)
        let (count, overflow) = checks.multipliedReportingOverflow(by: regions)
        guard !overflow, count <= Self.maximumCells, checks <= Self.maximumCells, regions <= Self.maximumCells else {
            throw MartletError(
                .limit,
                "\(checks) checks × \(regions) regions are more than the \(Self.maximumCells) that one account may have"
            )
        }
        self.checkCount = checks
        self.regionCount = regions
        totals = [CheckTally](repeating: CheckTally(), count: checks)
        cells = [CheckTally](repeating: CheckTally(), count: count)
    }

    /// The tally of a check in a region.
    public subscript(check check: Int, region region: Int) -> CheckTally {
        get { cells[index(check, region)] }
        _modify { yield &cells[index(check, region)] }
    }

    /// Gives the tallies of one check, one per region, in the order of the regions; the pointer is valid only inside
    /// `body`.
    public func withRow<Result>(
        check: Int, _ body: (UnsafeBufferPointer<CheckTally>) throws -> Result
    ) rethrows -> Result {
        let start = (0..<checkCount)[check] * regionCount
        return try cells.withUnsafeBufferPointer { all in
            try body(UnsafeBufferPointer(rebasing: all[start..<start + regionCount]))
        }
    }

    /// All tallies, check-major.
    func withCells<Result>(_ body: (UnsafeBufferPointer<CheckTally>) throws -> Result) rethrows -> Result {
        try cells.withUnsafeBufferPointer(body)
    }

    /// A region beyond the axis would silently be a cell of the next check, hence the check of both axes.
    private func index(_ check: Int, _ region: Int) -> Int {
        (0..<checkCount)[check] * regionCount + (0..<regionCount)[region]
    }
}
