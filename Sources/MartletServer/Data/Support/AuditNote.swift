import MartletCore
import MartletStore

/// A change that a handler has made, for the audit log; written in the transaction of the change. Never holds a secret.
public struct AuditNote: Sendable {
    /// What was done: `create`, `update`, `delete`, `start`, `cancel`, …
    public var verb: String
    /// The JSON:API type of the thing.
    public var type: String
    /// Its id.
    public var id: String
    /// What the change said, by field.
    public var detail: [JSONValue.Member]

    /// A note of its parts.
    public init(_ verb: String, _ type: String, _ id: String, _ detail: [JSONValue.Member] = []) {
        self.verb = verb
        self.type = type
        self.id = id
        self.detail = detail
    }
}

extension RequestContext {
    /// Writes a change down, in the change's own transaction.
    func note(_ note: AuditNote, _ connection: any Connection) throws {
        try services.audit(self, note, connection)
    }
}
