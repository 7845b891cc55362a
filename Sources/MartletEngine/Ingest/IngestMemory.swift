import MartletCore
import MartletStore

/// What a worker remembers of one scan between batches: compact, and changed only by batches that were committed.
struct IngestMemory: Sendable {
    /// Versions of findings that held before the scan and were seen.
    var seenFindings = CompactIDSet()
    /// Those among them that a version of this scan replaces.
    var replacedFindings: Set<Int64> = []
    /// Versions of resources that held before the scan and were seen.
    var seenResources = CompactIDSet()
    /// Those among them that a version of this scan replaces.
    var replacedResources: Set<Int64> = []
    /// What it has stated of resources.
    var statedResources = StatedResources()
    /// Checks with statements that were recognised.
    var recognisedChecks: Set<Int64> = []
    /// Pairs of check and set of regions that the scan stated.
    var pairs: Set<CheckRegions> = []
    var names = NameCache()
    var nextResource: Int64
    /// Statements merged into another, over all batches.
    var duplicates: Int64 = 0
    var read: Int64 = 0
    var latest: Timestamp?

    init(nextResource: Int64) { self.nextResource = nextResource }
}
