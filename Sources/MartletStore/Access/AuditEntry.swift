import MartletCore

/// A change, as the audit log keeps it. Never holds a secret.
public struct AuditEntry: Sendable {
    /// What was done: the type of the thing and a verb, such as `roles.update`.
    public var action: String
    /// The type of the thing in the API.
    public var subjectType: String
    /// The id of the thing.
    public var subjectID: String
    /// What the change said, by field.
    public var detail: [(name: String, value: JSONValue)]
    /// Who did it.
    public var actor: Actor

    /// Puts an entry together; `action` is a verb, to which the type is added.
    public init(
        _ verb: String, _ subjectType: String, _ subjectID: String, detail: [(name: String, value: JSONValue)] = [],
        by actor: Actor
    ) {
        action = subjectType + "." + verb
        self.subjectType = subjectType
        self.subjectID = subjectID
        self.detail = detail
        self.actor = actor
    }
}
