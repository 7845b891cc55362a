import MartletCore
import MartletEngine
import MartletFormats
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/checks`: the shipped checks and the tenant's own, and the parameters they run with. The next scan runs by a
/// change; what is published stays.
enum CheckEndpoints {
    private static let path: PathPattern = "/api/v1/checks/{id}"

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/checks", operation: "checks_list", tag: "Checks",
            summary: "The shipped checks and the tenant's own, by provider and id.", access: .authenticated,
            query: QuerySpec(
                filters: [
                    FilterSpec("provider", .text, [.equal, .within]), FilterSpec("service", .text, [.equal, .within]),
                    FilterSpec("severity", .choice(FindingFilters.severities), [.equal, .within]),
                    FilterSpec("origin", .choice(CheckOrigin.allCases.map(\.rawValue)), [.equal, .within]),
                ], search: true, sorts: ["id", "origin", "title", "severity", "provider", "service"],
                fields: [CheckShape.schema], paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(CheckShape.schema))], handler: list),
        Endpoint(
            .post, "/api/v1/checks", operation: "checks_create", tag: "Checks",
            summary: "Keeps a check of the tenant's own, in place of the one of its id, after running its examples.",
            access: .permission(.manageAccount), request: .resource(CheckShape.create),
            responses: [
                ResponseSpec(201, .resource(CheckShape.detail)),
                ResponseSpec(200, .resource(CheckShape.detail), "It took the place of an older one."),
            ], bodyLimit: 8 << 20, handler: add),
        Endpoint(
            .get, path, operation: "checks_retrieve", tag: "Checks",
            summary: "One check: what it needs, how to put right what it finds, and its parameters.",
            access: .authenticated, query: QuerySpec(fields: [CheckShape.detail]),
            responses: [ResponseSpec(200, .resource(CheckShape.detail))], state: state
        ) { try await answer(try $0.path(), $0) },
        Endpoint(
            .patch, path, operation: "checks_partial_update", tag: "Checks",
            summary: "Changes parameters of a check for the tenant.", access: .permission(.manageAccount),
            request: .resource(CheckShape.update), responses: [ResponseSpec(200, .resource(CheckShape.detail))],
            state: state, handler: update),
        Endpoint(
            .delete, path, operation: "checks_destroy", tag: "Checks",
            summary: "Removes a check of the tenant's own.", access: .permission(.manageAccount),
            responses: [ResponseSpec(204, .none)], state: state, handler: remove),
    ]

    private static let state: Endpoint.State = { context, connection in
        let id = try context.path()
        let tenant = try context.principal.tenant
        let own = try StoreReader(connection: connection, tenant: tenant).tenantCheck(id)
        guard try own != nil || CheckFiles.shipped().contains(where: { $0.id == id }) else { return nil }
        let changes = try TenantCheckRecords.parameters(of: id, tenant: tenant, connection)
        return ContentHash(of: own, changes)
    }

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let entries = try await context.store.readRetrying { try $0.checkLibrary() }.entries
        func allows(_ field: String, _ value: String) -> Bool { query.texts(field)?.contains(value) ?? true }
        let found = entries.filter { entry in
            let check = entry.definition
            return allows("provider", check.provider.name) && allows("service", check.service)
                && allows("severity", check.severity.name) && allows("origin", entry.origin.rawValue)
                && query.finds(check.id + " " + check.title)
        }
        let rows = query.sorted(found, id: \.definition.id) { entry, field in
            switch field {
            case "severity": .number(Int64(entry.definition.severity.rawValue))
            case "origin": .text(entry.origin.rawValue)
            case "title": .text(entry.definition.title)
            case "provider": .text(entry.definition.provider.name)
            default: .text(entry.definition.service)
            }
        }
        let page = Array(rows.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: page, count: .exact(rows.count)) { entry, writer in
            writer.resource(ResourceIdentifier(CheckShape.type, entry.definition.id)) { CheckShape.fill(entry, &$0) }
        }
    }

    /// The check of exactly this id: what is written down and matched is not an alias.
    private static func entry(_ id: String, _ reader: StoreReader) throws -> CheckLibrary.Entry {
        guard let entry = try reader.checkLibrary()[id], entry.definition.id == id else {
            throw APIError.notFound("There is no check of this id.")
        }
        return entry
    }

    private static func answer(_ id: String, status: Int = 200, _ context: RequestContext) async throws -> HTTPResponse
    {
        let (entry, row) = try await context.store.readRetrying { (try Self.entry(id, $0), try $0.tenantCheck(id)) }
        return context.answer(ResourceIdentifier(CheckShape.type, id), status: status) {
            CheckShape.fill(entry, row, &$0)
        }
    }

    private static func add(_ context: RequestContext) async throws -> HTTPResponse {
        let row = try CheckUpload(try await context.input()).row
        let added: Set<String>
        do {
            added = try await Administration(store: try context.store).addChecks([row]) { id, isNew, connection in
                try context.note(.check(id, isNew: isNew), connection)
            }
        } catch let error as MartletError where error.code == .limit {
            throw APIError.impossible(error.message, pointer: ResourceInput.pointer("files"))
        }
        return try await answer(row.id, status: added.isEmpty ? 200 : 201, context)
    }

    private static func update(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.path()
        let given = try await context.input(id: id).attributes["parameters"]?.objectValue ?? []
        do {
            try await Administration(store: try context.store).changeParameters(
                of: id, hooks: ChangeHooks(before: { try context.requireMatch($0) })
            ) { reader, values in
                for member in given { values[member.key] = member.value.isNull ? nil : member.value }
                return try Self.entry(id, reader).definition
            } also: {
                try context.note(.check(id, parameters: $0), $1)
            }
        } catch let error as MartletError where error.code == .invalidInput {
            throw APIError.impossible(error.message, pointer: ResourceInput.pointer("parameters"))
        }
        return try await answer(id, context)
    }

    private static func remove(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.path()
        do {
            try await Administration(store: try context.store).removeChecks(
                [id], hooks: context.hooks(AuditNote("delete", CheckShape.type, id)))
        } catch let error as MartletError where error.code == .notFound {
            guard try CheckFiles.shipped().contains(where: { $0.id == id }) else {
                throw APIError.notFound("There is no check of this id.")
            }
            throw APIError.conflict("This check came with the program; only checks of one's own are removed.")
        }
        return context.nothing
    }
}
