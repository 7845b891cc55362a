import MartletStore

/// Keeps changes of one kind one behind the other within a tenant, so that what a change was decided on still holds when it
/// is made. Taken before anything of the kind is read.
///
/// Accounts, schedules and jobs have rows that are locked instead; changes of access have ``AccessLock``.
public enum EditLock: String, Sendable, CaseIterable {
    /// Mutes and the mutelist.
    case mutes
    /// Which frameworks are in use.
    case frameworks
    /// A tenant's own checks, and parameters of checks.
    case checks
    /// Sealed secrets and their labels.
    case secrets
    /// Names of scans.
    case scans
    /// The rule of retention.
    case retention

    /// Waits for changes that are under way; others wait until the end of this transaction.
    public func take(tenant: Int64, _ connection: any Connection) throws {
        try connection.lock(.numbers(table: "edit \(rawValue)", tenant: tenant))
    }
}
