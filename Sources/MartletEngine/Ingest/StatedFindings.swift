import MartletCore

/// Findings of which the first scan of an account has said something: only of these the store can have a version, so
/// that nothing else has to be looked up.
///
/// A half of each fingerprint is kept, 11 to 21 bytes each. Two that agree in it cost a look-up. Bounded: beyond, all are
/// looked up.
struct StatedFindings: Sendable {
    private var halves = CompactIDSet()

    /// About 16 MB.
    static let maximumCount = 1_500_000

    /// Whether the scan may have stated the finding.
    func mayHave(_ fingerprint: ContentHash) -> Bool {
        halves.count >= Self.maximumCount || halves.contains(Self.half(of: fingerprint))
    }

    /// Keeps what a committed batch has stated.
    mutating func keep(_ findings: [PreparedBatch.Finding]) {
        for finding in findings where halves.count < Self.maximumCount {
            halves.insert(Self.half(of: finding.fingerprint))
        }
    }

    private static func half(of fingerprint: ContentHash) -> Int64 {
        Int64(truncatingIfNeeded: fingerprint.low & UInt64(Int64.max))
    }
}
