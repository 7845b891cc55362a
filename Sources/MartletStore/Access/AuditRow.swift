import MartletCore

/// An entry of the audit log.
public struct AuditRow: Sendable, Hashable {
    /// A UUID that sorts by time.
    public var id: String
    /// When, by the database's clock.
    public var at: Timestamp
    /// Who.
    public var actor: Actor
    /// What was done, such as `roles.update`.
    public var action: String
    /// The type of the thing in the API.
    public var subjectType: String
    /// The id of the thing.
    public var subjectID: String
    /// What the change said: a JSON object.
    public var detail: String
}
