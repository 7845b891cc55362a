import MartletCore

/// What a claim gives to a worker.
struct ClaimedWork: Hashable {
    var job: Int
    var subject: Int
    var token: Int64
    /// Ghost: tells claims apart, whatever their tokens are.
    var claim: Int
    var progress: Int
}
