/// What a job does. The raw value is what databases and output show.
public enum JobKind: String, Sendable, Hashable, CaseIterable {
    /// A scan of one account.
    case scan
    /// Removal of what a tenant's retention rule does not keep.
    case retention
    /// Postures that a change of mutes or frameworks has not reached yet.
    case reevaluation
    /// Postures that a mute still covers although it has expired.
    case muteExpiry = "mute_expiry"
    /// The tick of a tenant: its due schedules, and what it needs without being asked.
    case schedule
    /// An uploaded file is looked through, and a scan asked for of each account that it speaks of.
    case ingestion
    /// A test whether an account can be reached with its credentials.
    case connection
    /// Removal of everything that is known of an account.
    case accountRemoval = "account_removal"
    /// Removal of a tenant with everything it has.
    case tenantRemoval = "tenant_removal"

    /// The subject of the job's fence where it is not an account: the tenant's own work of one kind happens one job
    /// after the other. Negative, so that it is never an account's number; nil for the kinds that are about an account.
    public var tenantSubject: Int64? {
        switch self {
        case .scan, .connection, .accountRemoval: nil
        case .retention: -1
        case .reevaluation: -2
        case .muteExpiry: -3
        case .schedule: -4
        case .ingestion: -5
        case .tenantRemoval: -6
        }
    }

    /// The subject of the job's fence where it is about an account. A test of a connection has one of its own for each
    /// account, below all of the tenant's: it does not wait for the end of the account's scan.
    public func subject(ofAccount account: Int64) -> Int64 {
        self == .connection ? Self.connectionBase - account : account
    }

    /// The number of the account that a subject belongs to; nil for the tenant's own work.
    public static func account(ofSubject subject: Int64) -> Int64? {
        if subject > 0 { return subject }
        return subject < connectionBase ? connectionBase - subject : nil
    }

    /// Above it are the subjects of the tenant's own work.
    public static let connectionBase: Int64 = -1_000
}
