import MartletCore

/// Something that happens at a moment. What a process waits for carries which process it is: another one, started after
/// a crash, knows nothing of it.
enum Event {
    /// A process of a worker.
    struct Process: Equatable {
        var worker: Int
        var incarnation: Int
    }

    /// `poll` tells the polls of one loop from those of the loop before; -1 is a wake-up.
    case claimTick(Process, poll: Int)
    case claimArrives(Process, sentAt: Int64)
    case claimAnswered(Process, sentAt: Int64, [ClaimedWork]?)
    case renewTick(Process)
    case renewArrives(Process, sentAt: Int64, [Int])
    case renewAnswered(Process, sentAt: Int64, [RenewalAnswer])
    case lookTick(Process)
    case lookArrives(Process)
    case cancelsSeen(Process, [Int])
    /// The runner of an attempt goes on.
    case work(Process, claim: Int)
    case endAgain(Process, claim: Int, JobEvent)
    case statementSent(Process, transaction: Int)
    case statementArrives(Process, transaction: Int)
    case statementAnswered(Process, transaction: Int, StatementResult)
    /// The server notices that a connection is dead.
    case connectionClosed(transaction: Int)
    /// The server looks for transactions that wait for each other.
    case deadlockCheck(transaction: Int)
    case enqueue(Int)
    case enqueueCommit(Int, outages: Int)
    case request(Int)
    case userStep(transaction: Int, request: Int)
    case fault(Int)
    case faultEnds(Int)
    case checkTakeover(job: Int, since: Int64)
    case checkCancel(job: Int)
    case checkWakeUp(job: Int)
}

/// The answer about one of several leases.
struct RenewalAnswer {
    var claim: Int
    var answer: LeaseAnswer
    var isCancelRequested: Bool
}
