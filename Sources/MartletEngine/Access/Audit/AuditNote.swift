import MartletCore
import MartletStore

/// A change that somebody makes, for the audit log; written in the transaction of the change. Never holds a secret.
public struct AuditNote: Sendable {
    /// What was done: `create`, `update`, `delete`, `start`, `cancel`, …
    public var verb: String
    /// The type of the thing: that of the API, where it has one.
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

    /// Adds it to a tenant's audit log.
    public func append(by actor: Actor, tenant: Int64, _ connection: any Connection) throws {
        try AuditRecords.append(
            AuditEntry(verb, type, id, detail: detail.map { ($0.key, $0.value) }, by: actor), tenant: tenant,
            connection)
    }
}
