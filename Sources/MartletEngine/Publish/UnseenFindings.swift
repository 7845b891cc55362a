import MartletStore

/// Findings that held before a scan and that it did not see.
struct UnseenFindings {
    /// The versions that are gone.
    var reasons: [(id: Int64, reason: Closings.Reason)] = []
    /// How many of those were FAIL.
    var failed: Int64 = 0
    /// How many stay open because the scan did not cover them.
    var outside: Int64 = 0
    /// Those among them that were covered, but whose checks had statements that could not be used; nil when they are too
    /// many to keep.
    var unreliable: Set<Int64>? = []

    /// Versions that a scan's row lists.
    private static let maximumListed = 10_000

    /// Takes in a version that stays open.
    mutating func leaveOpen(_ id: Int64, unreliable isUnreliable: Bool) {
        outside += 1
        guard isUnreliable else { return }
        unreliable?.insert(id)
        if (unreliable?.count ?? 0) > Self.maximumListed { unreliable = nil }
    }
}
