import MartletCore

/// Which entries of the audit log to show; what is nil does not limit.
public struct AuditFilter: Sendable, Hashable {
    /// What was done, as a whole word such as `roles.update`.
    public var action: String?
    /// The id of the user or key who did it.
    public var actorID: String?
    /// The type of the thing.
    public var subjectType: String?
    /// The id of the thing.
    public var subjectID: String?
    /// Not before.
    public var from: Timestamp?
    /// Not after.
    public var until: Timestamp?

    /// Lets everything through.
    public init() {}
}
