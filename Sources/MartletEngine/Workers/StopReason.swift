import MartletCore

/// Why a worker ends an attempt before its runner does.
enum StopReason: Sendable, Hashable {
    /// Someone else may hold the job by now.
    case lost
    /// A user wants the job to end.
    case cancelled
    /// The pool ends.
    case shutdown
    /// The attempt took too long.
    case timeLimit
    /// The attempt did nothing for too long.
    case stalled

    /// What is written; nil where nothing may be.
    func event(token: Int64) -> JobEvent? {
        switch self {
        case .lost: nil
        case .cancelled: .stopped(token: token)
        case .shutdown: .handBack(token: token)
        case .timeLimit: .timeLimit(token: token)
        case .stalled: .stall(token: token)
        }
    }
}
