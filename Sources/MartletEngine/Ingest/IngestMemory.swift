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
    /// What it has stated of findings; nil unless nothing of the account was ever published.
    var statedFindings: StatedFindings?
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
    /// Batches that were committed.
    var batches: Int64 = 0
    /// Versions of findings that were opened, also those that a merge has removed since.
    var opened = 0
    /// Findings of the source that held when the scan began; nil where they were not counted.
    var held: Int?
    var latest: Timestamp?

    /// `isFirst`: nothing of the account was ever published, so that the store has what this scan wrote, and nothing else.
    init(nextResource: Int64, isFirst: Bool = false) {
        self.nextResource = nextResource
        statedFindings = isFirst ? StatedFindings() : nil
    }

    /// Whether everything that held was seen, so that nothing is gone.
    var hasSeenAll: Bool { held == seenFindings.count }

    /// Whether a statement differs, or may differ, from what is published.
    var mayHaveChanged: Bool {
        statedFindings != nil || opened > 0 || !replacedFindings.isEmpty || !replacedResources.isEmpty
    }

    /// Whether the store may have versions of the finding.
    func mayBeStored(finding fingerprint: ContentHash) -> Bool { statedFindings?.mayHave(fingerprint) ?? true }

    /// Whether the store may have versions of the resource.
    func mayBeStored(resource key: ContentHash) -> Bool { statedFindings == nil || statedResources.mayHave(key) }
}
