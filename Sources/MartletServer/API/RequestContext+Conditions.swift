import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

extension RequestContext {
    /// Keeps a write to what the client has seen: where the request has `If-Match`, the state of the resource must be one
    /// that it names. Nobody else may be able to change the resource before the end of the transaction.
    ///
    /// - Throws: ``APIError`` 412 when it has changed, 404 when it is gone.
    public func requireMatch(_ connection: any Connection) throws {
        let wanted = request.headers.list("If-Match")
        guard !wanted.isEmpty, let read = endpoint.state else { return }
        guard let state = try read(self, connection) else { throw APIError.notFound() }
        guard wanted.contains(where: { EntityTag.names($0, state) }) else {
            throw APIError(
                status: 412, code: "precondition_failed", detail: "It has changed since; read it again.",
                source: .header("If-Match"))
        }
    }

    /// The same for what a change of access concerns: one behind the other, so that what is read from here on stays.
    func requireMatch(of caller: Caller, _ connection: any Connection) throws {
        try AccessLock.take(tenant: caller.tenant, connection)
        try requireMatch(connection)
    }

    /// Writes a change down, in the change's own transaction.
    func note(_ note: AuditNote, _ connection: any Connection) throws {
        try services.audit(self, note, connection)
    }

    /// Holds the request's conditions before a change, and writes it down behind it, all in its transaction.
    func hooks(_ note: AuditNote) -> ChangeHooks {
        let context = self
        return ChangeHooks(before: { try context.requireMatch($0) }, after: { try context.note(note, $0) })
    }
}
