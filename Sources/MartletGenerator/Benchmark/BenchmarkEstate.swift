import MartletCore

/// A made-up AWS account of any size whose scan is streamed as OCSF Detection Findings, one JSON object a line.
///
/// The same arguments give the same bytes on every machine. Nothing is held but the checks' ids: each finding is
/// computed from the seed and its position, so memory does not follow the size of the estate.
///
/// Every resource belongs to the checks of one service and gets findings ÷ resources of them, the first resources one
/// more until the number of findings is met. Findings come grouped by check in check-id order, as a scan yields them.
public struct BenchmarkEstate: Sendable {
    /// The number of findings, 0 to 1,000,000,000.
    public let findings: Int
    /// The number of resources, at most ``findings``.
    public let resources: Int
    /// The number of regions, 1 to 1,000; resources take turns.
    public let regions: Int
    /// Changes everything but the checks.
    public let seed: UInt64
    /// Tags on each resource, 0 to 50; the first is `Name` and differs from resource to resource.
    public let tagsPerResource: Int
    /// 1 for the first scan of the estate, 2 for the next one, a day later; up to 1,000.
    public let scan: Int
    /// The share of findings, 0 to 1, whose status differs from the scan before.
    public let flip: Double
    /// The share of findings, 0 to 1, whose detail says another number of days than in the scan before.
    public let detailChange: Double
    /// The account's id, twelve digits.
    public let account: String

    let assignment: BenchmarkAssignment
    let failShare = 0.4
    let mutedShare = 0.01

    /// Describes an estate.
    ///
    /// - Parameters:
    ///   - resources: nil for half as many as findings.
    ///   - catalog: The check ids to use, in any order, repetitions ignored; the service is what stands before the
    ///     first underscore. Nil for ``syntheticCatalog(checks:)`` of 600.
    /// - Throws: `MartletError` with code `usage` for a value out of range, an id with characters other than ASCII
    ///   letters, digits, `_`, `-`, `.` and `:`, or fewer checks than a resource needs.
    public init(
        findings: Int, resources: Int? = nil, regions: Int = 20, seed: UInt64 = 1, tagsPerResource: Int = 5,
        scan: Int = 1, flip: Double = 0.05, detailChange: Double = 0, catalog: [String]? = nil,
        account: String = "123456789012"
    ) throws {
        try Self.require(0...1_000_000_000, findings, "findings")
        let resources = resources ?? (findings + 1) / 2
        try Self.require(min(1, findings)...findings, resources, "resources")
        try Self.require(1...1_000, regions, "regions")
        try Self.require(0...50, tagsPerResource, "tags per resource")
        try Self.require(1...1_000, scan, "scan")
        try Self.require(0...1, flip, "flip")
        try Self.require(0...1, detailChange, "detail change")
        guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw MartletError(.usage, "The account must be twelve digits.")
        }
        self.findings = findings
        self.resources = resources
        self.regions = regions
        self.seed = seed
        self.tagsPerResource = tagsPerResource
        self.scan = scan
        self.flip = flip
        self.detailChange = detailChange
        self.account = account
        assignment = try BenchmarkAssignment(
            checks: catalog ?? Self.syntheticCatalog(), findings: findings, resources: resources)
    }

    private static func require<Value: Comparable & Sendable>(
        _ range: ClosedRange<Value>, _ value: Value, _ name: String
    ) throws {
        guard range.contains(value) else {
            throw MartletError(
                .usage, "The value of \(name) must lie between \(range.lowerBound) and \(range.upperBound).")
        }
    }
}
