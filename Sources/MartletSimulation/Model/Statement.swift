import MartletCore

/// One statement of a transaction: others may run before and after it.
enum Statement: UInt8 {
    /// Waits for the account's lock.
    case lockAccount
    /// Waits for the job's row.
    case lockJob
    /// Waits until nobody proves the fence's token, and keeps others from it.
    case lockFence
    /// Undoes what an unpublished generation left, takes the next one.
    case begin
    /// Writes one batch of findings.
    case write
    /// Removes what the attempt wrote.
    case undo
    /// Looks for stray rows, reads mutes, decides what is closed.
    case evaluate
    /// Asks the machine what an event makes of the job.
    case apply
    /// Writes how far the attempt has come.
    case progress
    /// Locks the fence and looks for the token on it; renews the lease.
    case prove
    /// A user's mute, with the new posture.
    case mute
    /// Locks the fence where nobody holds it.
    case seize
    /// Looks at the lease again, then loses the job.
    case lose
    case commit
}
