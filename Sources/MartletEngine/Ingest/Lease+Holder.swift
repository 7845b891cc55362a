import Glibc
import MartletStore

extension Lease {
    /// Whether the lease holds at a time of the database's clock, in milliseconds: until it expires, or until it is plain
    /// that its process on this host has ended.
    func isHeld(seenFrom host: String, at now: Int64) -> Bool {
        guard expiresAt.milliseconds > now else { return false }
        guard holder.host == host else { return true }
        return kill(pid_t(truncatingIfNeeded: holder.pid), 0) == 0 || errno != ESRCH
    }
}
