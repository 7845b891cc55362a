/// An account: its fence and lease, and what is stored of it.
struct SubjectRow: Hashable {
    var fence: Int64 = 0
    var lease: LeaseRow?
    var generation = 0
    var published = 0
    var findings: [FindingRow] = []
    /// Mutes that are committed.
    var mutes = 0
    /// Mutes that the published posture was evaluated with.
    var evaluatedMutes = 0
    /// Ghost: the claim whose token stands on the fence; 0 once that token was retired.
    var owner = 0

    /// What readers see.
    var visible: [FindingRow] { findings.filter { $0.openedIn <= published && $0.closedIn == 0 } }
}
