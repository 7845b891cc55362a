import MartletCore
import MartletStore

/// A batch of one account after merging what it says twice, before the database is asked: pure. Findings ascend by
/// fingerprint, resources by key.
struct PreparedBatch: Sendable {
    /// One finding of the batch.
    struct Finding: Sendable {
        var fingerprint: ContentHash
        var check: String
        var regionSet: String
        /// The place of the finding's resource in ``PreparedBatch/resources``.
        var resource: Int
        var discriminator: String
        var value: FindingValue
        var content: ContentHash
        /// What to keep of the statement; 0 when it cannot be recognised.
        var statement: Int64 = 0
    }

    /// One resource of the batch.
    struct Resource: Sendable {
        var key: ContentHash
        var observation: ResourceObservation
        var content: ContentHash
        /// The earliest time any statement gives.
        var observedAt: Timestamp
        /// Statements of the batch differ about it.
        var isContradicted = false
    }

    var findings: [Finding] = []
    var resources: [Resource] = []
    /// Findings stated, before merging.
    var read = 0
    /// Statements merged into another one of the batch.
    var duplicates = 0
    /// The latest time of any statement.
    var latest: Timestamp?
    /// Statements that no store could keep.
    var rejections: [Rejection] = []

    /// Puts findings in the order of fingerprints and resources in the order of keys: the order of the b-trees.
    mutating func sort() {
        let order = resources.indices.sorted { resources[$0].key < resources[$1].key }
        var place = [Int](repeating: 0, count: order.count)
        for (new, old) in order.enumerated() { place[old] = new }
        resources = order.map { resources[$0] }
        findings.sort { $0.fingerprint < $1.fingerprint }
        for index in findings.indices { findings[index].resource = place[findings[index].resource] }
    }
}
