import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// `/api/v1/providers`: the accounts of a tenant.
enum AccountEndpoints {
    private static let sorts = ["provider", "uid", "alias", "connected", "inserted_at", "updated_at"]
    private static let path: PathPattern = "/api/v1/providers/{id}"

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/providers", operation: "providers_list", tag: "Providers",
            summary: "The accounts that the caller may see.", access: .authenticated,
            query: QuerySpec(
                filters: [
                    FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("uid", .text, [.equal, .contains, .within]),
                    FilterSpec("alias", .text, [.equal, .contains, .within]), FilterSpec("connected", .boolean),
                    FilterSpec("provider", .choice(Provider.known), [.equal, .within]),
                    FilterSpec("provider_type", .choice(Provider.known), [.equal, .within]),
                    FilterSpec("provider_groups", .uuid, [.equal, .within]),
                    FilterSpec("inserted_at", .time, [.equal, .atLeast, .atMost]),
                    FilterSpec("updated_at", .time, [.equal, .atLeast, .atMost]),
                ], search: true, sorts: sorts, includes: ["provider_groups"],
                fields: [AccountShape.schema, AccessSchemas.group], paging: PagingSpec(disable: true)),
            responses: [ResponseSpec(200, .list(AccountShape.schema))], handler: list),
        Endpoint(
            .post, "/api/v1/providers", operation: "providers_create", tag: "Providers", summary: "Adds an account.",
            access: .permission(.manageProviders), request: .resource(AccountShape.create),
            responses: [ResponseSpec(201, .resource(AccountShape.schema), headers: ["Location"])], handler: create),
        Endpoint(
            .get, path, operation: "providers_retrieve", tag: "Providers", summary: "One account.",
            access: .authenticated,
            query: QuerySpec(includes: ["provider_groups"], fields: [AccountShape.schema, AccessSchemas.group]),
            responses: [ResponseSpec(200, .resource(AccountShape.schema))], state: state, handler: get),
        Endpoint(
            .patch, path, operation: "providers_partial_update", tag: "Providers", summary: "Renames an account.",
            access: .permission(.manageProviders), request: .resource(AccountShape.update),
            responses: [ResponseSpec(200, .resource(AccountShape.schema))], state: state, handler: update),
        Endpoint(
            .delete, path, operation: "providers_destroy", tag: "Providers",
            summary:
                "Removes an account with all that is known of it. Nobody sees it from the answer on; a task does the rest.",
            access: .permission(.manageProviders), responses: [TaskEndpoints.acceptance], state: state,
            handler: remove),
        Endpoint(
            .post, "/api/v1/providers/{id}/connection", operation: "providers_connection_create", tag: "Providers",
            summary: "Tests whether the account can be reached with its credentials; the task's result tells.",
            access: .permission(.manageProviders), responses: [TaskEndpoints.acceptance], startsWork: true,
            handler: test),
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let visible = try context.visible
        let query = context.query
        let (rows, secrets, groups) = try await context.store.readRetrying { reader in
            var visible = visible
            if let wanted = query.texts("provider_groups") {
                let members = try context.services.membersOfGroups(wanted, reader)
                visible = visible?.intersection(members) ?? members
            }
            return (
                try reader.accountDetails(visible), Set(try reader.accountSecrets().map(\.name)),
                try context.services.groupsOfAccounts(reader)
            )
        }
        let found = sorted(try filtered(rows, query), query.sort)
        let page = found.dropFirst(query.page.offset).prefix(query.page.size)
        let included = try await IncludedGroups(context)
        return context.answer(list: Array(page), count: .exact(found.count)) { row, writer in
            AccountShape.write(row, secrets: secrets, groups: groups[row.number] ?? [], &writer, context)
            included.write(groups[row.number] ?? [], &writer, context)
        }
    }

    private static func filtered(_ rows: [AccountDetail], _ query: JSONAPIQuery) throws -> [AccountDetail] {
        let inserted = try query.range("inserted_at")
        let updated = try query.range("updated_at")
        let types = [query.texts("provider"), query.texts("provider_type")].compactMap { $0 }
        func has(_ part: String?, _ text: String) -> Bool {
            part.map { text.lowercased().contains($0.lowercased()) } ?? true
        }
        return rows.filter { row in
            let alias = row.shownName ?? ""
            guard query.texts("id")?.contains(row.identifier) ?? true,
                query.texts("uid")?.contains(row.key.uid) ?? true,
                query.texts("alias")?.contains(alias) ?? true, types.allSatisfy({ $0.contains(row.key.provider.name) }),
                query.flag("connected").map({ $0 == row.isConnected }) ?? true
            else { return false }
            return has(query.text("uid", .contains), row.key.uid) && has(query.text("alias", .contains), alias)
                && inserted?.contains(row.createdAt) ?? true && updated?.contains(row.updatedAt) ?? true
                && (has(query.search, row.key.uid) || has(query.search, alias)
                    || has(query.search, row.key.provider.name))
        }
    }

    private static func sorted(_ rows: [AccountDetail], _ sort: [JSONAPIQuery.SortKey]) -> [AccountDetail] {
        guard !sort.isEmpty else { return rows }
        return rows.sorted { left, right in
            for key in sort {
                let pair = (value(left, key.field), value(right, key.field))
                if pair.0 != pair.1 { return (pair.0 < pair.1) != key.isDescending }
            }
            return left.key < right.key
        }
    }

    private static func value(_ row: AccountDetail, _ field: String) -> String {
        switch field {
        case "provider": row.key.provider.name
        case "uid": row.key.uid
        case "alias": row.shownName ?? ""
        case "connected": row.isConnected.map { $0 ? "2" : "1" } ?? "0"
        case "inserted_at": row.createdAt.rfc3339
        default: row.updatedAt.rfc3339
        }
    }

    private static let state: Endpoint.State = { context, connection in
        let id = try context.uuid()
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        let row = try reader.accountDetails(try context.visible).first { $0.identifier == id }
        guard let row else { return nil }
        let secret = SecretShape.name(of: row.key)?.text
        return ContentHash(
            of: row, try reader.accountSecrets().contains { $0.name == secret },
            try context.services.groupsOfAccounts(reader)[row.number]?.sorted() ?? [])
    }

    private static func get(_ context: RequestContext) async throws -> HTTPResponse {
        try await answer(try context.uuid(), context)
    }

    /// The account as it is now.
    static func answer(
        _ id: String, status: Int = 200, headers: HTTPHeaders = [:], _ context: RequestContext
    ) async throws -> HTTPResponse {
        let (row, secrets, groups) = try await context.store.readRetrying { reader in
            (
                try context.account(id, reader), Set(try reader.accountSecrets().map(\.name)),
                try context.services.groupsOfAccounts(reader)
            )
        }
        let included = try await IncludedGroups(context)
        var writer = context.writer()
        writer.single(ResourceIdentifier(AccountShape.type, row.identifier)) {
            AccountShape.fill(row, secrets: secrets, groups: groups[row.number] ?? [], &$0, context)
        }
        included.write(groups[row.number] ?? [], &writer, context)
        writer.finish()
        return writer.response(status: status, headers: headers)
    }

    private static func create(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input()
        guard let provider = Provider(name: input.string("provider") ?? ""), let uid = input.string("uid") else {
            throw APIError.field("/data/attributes/uid", "A provider and its uid are needed.", code: "required")
        }
        try AccountUID.check(uid, of: provider)
        let alias = try AccountUID.alias(input)
        let key = AccountKey(provider: provider, uid: uid)
        let tenant = try context.principal.tenant
        guard try context.visible == nil else {
            // What such a caller makes they could not see.
            throw APIError.forbidden("Accounts are added by callers who see all of them.")
        }
        try await context.store.database.write { connection in
            do {
                _ = try Accounts.create(key, alias: alias, tenant: tenant, connection)
            } catch let error as MartletError where error.code == .conflict {
                throw APIError.conflict("The provider exists already.", pointer: "/data/attributes/uid")
            }
            try context.note(
                AuditNote("create", AccountShape.type, key.identifier, [.init("uid", .string(uid))]), connection)
        }
        return try await answer(
            key.identifier, status: 201, headers: ["Location": context.url(AccountShape.type, key.identifier)], context)
    }

    private static func update(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let input = try await context.input(id: id)
        let row = try await context.store.readRetrying { try context.account(id, $0) }
        let alias = input.has("alias") ? .some(try AccountUID.alias(input)) : String??.none
        let account = AccountID(tenant: try context.principal.tenant, account: row.number)
        try await context.store.database.write { connection in
            try connection.lock(.account(account))
            try context.requireMatch(connection)
            guard let alias else { return }
            try Accounts.setAlias(alias, of: account, connection)
            try context.note(
                AuditNote("update", AccountShape.type, id, [.init("alias", alias.map(JSONValue.string) ?? .null)]),
                connection)
        }
        return try await answer(id, context)
    }

    private static func remove(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let store = try context.store
        let row = try await store.readRetrying { try context.account(id, $0) }
        let note = AuditNote("delete", AccountShape.type, id, [.init("uid", .string(row.key.uid))])
        let job = try await Administration(store: store).requestRemoval(of: row.key, hooks: context.hooks(note))
        return try await TaskEndpoints.accepted(task: job, context)
    }

    private static func test(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let store = try context.store
        let (key, source) = try await store.readRetrying { reader in
            let key = try context.account(id, reader).key
            return (
                key,
                DefaultSource.tested(
                    of: key, external: try reader.externalSources().map(\.name),
                    hasCredentials: try ScanRequest.hasCredentials(key, reader))
            )
        }
        guard let source else {
            throw APIError.impossible(
                "The connection of this provider cannot be tested: Martlet does not scan \(key.provider.name) itself, and "
                    + "there is no one external source that would.")
        }
        let job = try await AccountConnections(store: store).request(key, source: source) { connection in
            try context.note(
                AuditNote("test", AccountShape.type, id, [.init("source", .string(source))]), connection)
        }
        return try await TaskEndpoints.accepted(task: job, context)
    }
}
