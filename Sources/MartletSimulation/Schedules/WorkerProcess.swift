import MartletCore

/// A worker: one process after the other.
struct WorkerProcess {
    /// A transaction that the process has open, and for what.
    struct Link {
        enum Role { case work, ending, progress, rescue }
        let transaction: Int
        let role: Role
        let claim: Int
        let kind: TransactionKind
        /// What the beginning of an attempt was answered.
        var generation = 0
    }

    let index: Int
    let host: Int
    let clock: WorkerClock
    var incarnation = 1
    var isAlive = true
    var isShuttingDown = false
    /// It does nothing before this moment.
    var stoppedUntil: Int64 = 0
    /// Nothing that it sends arrives before this moment, and nothing arrives at it.
    var cutUntil: Int64 = 0
    var attempts: [Attempt] = []
    var links: [Link] = []
    var isClaiming = false
    var poll = 0
    var claimFailures: Int64 = 0
    var isTicking = false
    var isRenewing = false
    var lookFailures: Int64 = 0

    var process: Event.Process { Event.Process(worker: index, incarnation: incarnation) }

    func attempt(of claim: Int) -> Int? { attempts.firstIndex { $0.work.claim == claim } }
}
