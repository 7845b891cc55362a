/// A version of a finding: it holds from `openedIn` on, and before `closedIn` where that is not 0.
struct FindingRow: Hashable {
    var key: UInt8
    var value: UInt8
    var openedIn: Int
    var closedIn = 0
    /// Ghost: the claim that wrote it.
    var claim: Int
}
