import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// The audit log of the tenant: who changed what, when, and from where.
enum AuditEndpoints {
    static let all: [Endpoint] = [list, get]

    private static let list = Endpoint(
        .get, "/api/v1/audit-log", operation: "audit_log_list", tag: "Audit log",
        summary: "Every change of the tenant, the newest first.", access: .permission(.manageAccount),
        query: QuerySpec(
            filters: [
                FilterSpec("action", .text), FilterSpec("actor_id", .text), FilterSpec("subject_type", .text),
                FilterSpec("subject_id", .text), FilterSpec("inserted_at", .time, [.atLeast, .atMost]),
            ], sorts: ["inserted_at"], fields: [AccessSchemas.auditEntry], paging: PagingSpec()),
        responses: [ResponseSpec(200, .list(AccessSchemas.auditEntry))]
    ) { context in
        let query = context.query
        var filter = AuditFilter()
        filter.action = query.values("action")?.first?.text
        filter.actorID = query.values("actor_id")?.first?.text
        filter.subjectType = query.values("subject_type")?.first?.text
        filter.subjectID = query.values("subject_id")?.first?.text
        filter.from = query.values("inserted_at", .atLeast)?.first?.start
        filter.until = query.values("inserted_at", .atMost)?.first?.end
        let oldestFirst = query.sort.first.map { !$0.isDescending } ?? false
        let most = Int64(JSONAPI.numberedRows)
        let (rows, count) = try await context.read { [filter] tenant, connection in
            (
                try AuditRecords.entries(
                    filter, offset: Int64(query.page.offset), limit: Int64(query.page.size), oldestFirst: oldestFirst,
                    tenant: tenant, connection),
                try AuditRecords.count(filter, upTo: most + 1, tenant: tenant, connection)
            )
        }
        return context.answer(list: rows, count: count > most ? .estimate(Int(count)) : .exact(Int(count))) {
            row, writer in
            writer.resource(ResourceIdentifier("audit-log-entries", row.id)) { $0.write(row) }
        }
    }

    private static let get = Endpoint(
        .get, "/api/v1/audit-log/{id}", operation: "audit_log_retrieve", tag: "Audit log",
        summary: "One change.", access: .permission(.manageAccount),
        query: QuerySpec(fields: [AccessSchemas.auditEntry]),
        responses: [ResponseSpec(200, .resource(AccessSchemas.auditEntry))]
    ) { context in
        let id = try context.uuid()
        guard let row = try await context.read({ try AuditRecords.entry(id, tenant: $0, $1) }) else {
            throw APIError.notFound()
        }
        return context.answer(ResourceIdentifier("audit-log-entries", id)) { $0.write(row) }
    }
}
