import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// `/api/v1/providers/secrets`: credentials of accounts. They go in and never come out.
enum SecretEndpoints {
    private static let path: PathPattern = "/api/v1/providers/secrets/{id}"

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/providers/secrets", operation: "providers_secrets_list", tag: "Providers",
            summary: "Which accounts have credentials.", access: .permission(.manageProviders),
            query: QuerySpec(
                filters: [FilterSpec("name", .text, [.equal, .contains]), FilterSpec("provider", .uuid)], search: true,
                sorts: ["name", "inserted_at", "updated_at"], fields: [SecretShape.schema], paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(SecretShape.schema))], handler: list),
        Endpoint(
            .post, "/api/v1/providers/secrets", operation: "providers_secrets_create", tag: "Providers",
            summary: "Seals the credentials of an account.", access: .permission(.manageProviders),
            request: .resource(SecretShape.create), responses: [ResponseSpec(201, .resource(SecretShape.schema))],
            bodyLimit: 256 << 10, handler: create),
        Endpoint(
            .get, path, operation: "providers_secrets_retrieve", tag: "Providers",
            summary: "That an account has credentials, and since when.", access: .permission(.manageProviders),
            query: QuerySpec(fields: [SecretShape.schema]),
            responses: [ResponseSpec(200, .resource(SecretShape.schema))], state: state, handler: get),
        Endpoint(
            .patch, path, operation: "providers_secrets_partial_update", tag: "Providers",
            summary: "Renames or replaces credentials.", access: .permission(.manageProviders),
            request: .resource(SecretShape.update), responses: [ResponseSpec(200, .resource(SecretShape.schema))],
            bodyLimit: 256 << 10, state: state, handler: update),
        Endpoint(
            .delete, path, operation: "providers_secrets_destroy", tag: "Providers", summary: "Removes credentials.",
            access: .permission(.manageProviders), responses: [ResponseSpec(204, .none)], state: state, handler: remove),
    ]

    private typealias Entry = (secret: LabelledSecret, name: SecretName, account: AccountDetail)

    /// The secrets of visible accounts.
    private static func entries(_ context: RequestContext) async throws -> [Entry] {
        try await context.store.readRetrying { try entries(context, $0) }
    }

    private static func entries(_ context: RequestContext, _ reader: StoreReader) throws -> [Entry] {
        let secrets = Dictionary(try reader.accountSecrets().map { ($0.name, $0) }) { first, _ in first }
        return try reader.accountDetails(try context.visible).compactMap { account in
            guard let name = SecretShape.name(of: account.key), let secret = secrets[name.text] else { return nil }
            return (secret, name, account)
        }
    }

    private static let state: Endpoint.State = { context, connection in
        let id = try context.uuid()
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        let found = try entries(context, reader).first { $0.name.identifier == id }
        return found.map { ContentHash(of: $0.secret) }
    }

    private static func entry(_ context: RequestContext) async throws -> Entry {
        let id = try context.uuid()
        guard let found = try await entries(context).first(where: { $0.name.identifier == id }) else {
            throw APIError.notFound("There is no secret \(id).")
        }
        return found
    }

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        func has(_ part: String?, _ text: String) -> Bool {
            part.map { text.lowercased().contains($0.lowercased()) } ?? true
        }
        var found = try await entries(context).filter { entry in
            let label = entry.secret.label ?? ""
            return query.text("name").map { $0 == label } ?? true && has(query.text("name", .contains), label)
                && has(query.search, label) && query.text("provider").map { $0 == entry.account.identifier } ?? true
        }
        for key in query.sort.reversed() {
            func value(_ entry: Entry) -> String {
                switch key.field {
                case "name": entry.secret.label ?? ""
                case "inserted_at": entry.secret.createdAt.rfc3339
                default: entry.secret.updatedAt.rfc3339
                }
            }
            found.sort { key.isDescending ? value($0) > value($1) : value($0) < value($1) }
        }
        let page = Array(found.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: page, count: .exact(found.count)) { entry, writer in
            writer.resource(ResourceIdentifier(SecretShape.type, entry.name.identifier)) {
                SecretShape.fill(entry.secret, account: entry.account, &$0)
            }
        }
    }

    private static func get(_ context: RequestContext) async throws -> HTTPResponse {
        answer(try await entry(context), context)
    }

    private static func answer(_ entry: Entry, status: Int = 200, _ context: RequestContext) -> HTTPResponse {
        context.answer(
            ResourceIdentifier(SecretShape.type, entry.name.identifier), status: status
        ) { SecretShape.fill(entry.secret, account: entry.account, &$0) }
    }

    private static func create(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input()
        let id = input.one("provider") ?? ""
        let account = try await context.store.readRetrying {
            try context.account(id, $0, pointer: "/data/relationships/provider")
        }
        guard let name = SecretShape.name(of: account.key) else {
            throw APIError.impossible(
                "The uid of this provider has characters that a secret's name cannot have.",
                pointer: "/data/relationships/provider")
        }
        guard try await !entries(context).contains(where: { $0.name == name }) else {
            throw existing
        }
        try await set(input, name, isNew: true, context)
        guard let entry = try await entries(context).first(where: { $0.name == name }) else {
            throw APIError.conflict("The secret was removed at this moment.")
        }
        return answer(entry, status: 201, context)
    }

    private static let existing = APIError.conflict(
        "This provider has a secret already; change it.", pointer: "/data/relationships/provider")

    private static func update(_ context: RequestContext) async throws -> HTTPResponse {
        let entry = try await entry(context)
        let input = try await context.input(id: entry.name.identifier)
        try await set(input, entry.name, isNew: false, context)
        return answer(try await self.entry(context), context)
    }

    private static func set(
        _ input: ResourceInput, _ name: SecretName, isNew: Bool, _ context: RequestContext
    ) async throws {
        let tenant = try context.principal.tenant
        let label: String?? = input.has("name") ? .some(input.string("name")) : nil
        let access = input.string("secret_type")
        let identifier = name.identifier
        let hooks = ChangeHooks(
            before: { connection in
                try context.requireMatch(connection)
                let reader = StoreReader(connection: connection, tenant: tenant)
                guard try reader.accountSecrets().contains(where: { $0.name == name.text }) != isNew else {
                    if isNew { throw existing }
                    throw APIError.notFound("The secret was removed at this moment.")
                }
            },
            after: { connection in
                try SecretRecords.setLabel(label, access: access, of: name.text, tenant: tenant, connection)
                try context.note(AuditNote(isNew ? "create" : "update", SecretShape.type, identifier), connection)
            })
        guard let secret = input.attributes["secret"] else {
            return try await context.store.database.write { connection in
                try EditLock.secrets.take(tenant: tenant, connection)
                try hooks.before(connection)
                try hooks.after(connection)
            }
        }
        guard let keys = context.services.secretKeys else {
            throw APIError.unavailable("This server has no key to seal secrets with; martlet secret key makes one.")
        }
        let store = try context.store
        try await Secrets(store: store).set(name, to: SecretShape.value(secret), keys: keys(store), hooks: hooks)
    }

    private static func remove(_ context: RequestContext) async throws -> HTTPResponse {
        let entry = try await entry(context)
        let note = AuditNote("delete", SecretShape.type, entry.name.identifier)
        _ = try await Secrets(store: try context.store).remove(entry.name, hooks: context.hooks(note))
        return context.nothing
    }
}
