import MartletCore
import MartletPolicy
import MartletStore

/// A tenant's own checks and parameters. The next scan runs by them; what is published stays as it is.
extension Administration {
    /// The most checks of its own that a tenant may have: every scan, and every list of checks, reads all of them.
    public static let ownChecksLimit = 1_000

    /// Keeps checks in place of those of the same ids; all or none. Gives the ids of those that are new.
    ///
    /// - Parameters:
    ///   - rows: Ids, and files as ``TenantCheckRecords`` keeps them; whoever asks has proved them.
    ///   - also: What belongs into the same transaction, behind each check; it gets its id and whether it is new.
    /// - Throws: ``MartletError`` (`limit`) for more than ``ownChecksLimit``.
    @discardableResult
    public func addChecks(
        _ rows: [(id: String, files: String)],
        also: @escaping @Sendable (String, Bool, any Connection) throws -> Void = { _, _, _ in }
    ) async throws -> Set<String> {
        let tenant = store.tenant
        return try await store.database.write { connection in
            try EditLock.checks.take(tenant: tenant, connection)
            var known = Set(try StoreReader(connection: connection, tenant: tenant).tenantCheckIDs())
            var added: Set<String> = []
            for (id, files) in rows {
                let isNew = known.insert(id).inserted
                guard !isNew || known.count <= Self.ownChecksLimit else {
                    throw MartletError(.limit, "a tenant has at most \(Self.ownChecksLimit) checks of its own")
                }
                if isNew { added.insert(id) }
                try TenantCheckRecords.set(id, files: files, tenant: tenant, connection)
                try also(id, isNew, connection)
            }
            return added
        }
    }

    /// Removes checks of the tenant's own; all or none. Their changed parameters stay, in case they come back.
    ///
    /// - Throws: ``MartletError`` (`notFound`) where it has no such check.
    public func removeChecks(
        _ ids: [String], hooks: ChangeHooks = .none,
        also: @escaping @Sendable (String, any Connection) throws -> Void = { _, _ in }
    ) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            try EditLock.checks.take(tenant: tenant, connection)
            try hooks.before(connection)
            for id in ids {
                guard try TenantCheckRecords.remove(id, tenant: tenant, connection) else {
                    throw MartletError(.notFound, "there is no check '\(id)' of your own; checks list shows them")
                }
                try also(id, connection)
            }
            try hooks.after(connection)
        }
    }

    /// Changes the parameters of a check, shipped or the tenant's own. Gives those that differ from the defaults then.
    ///
    /// - Parameters:
    ///   - change: Changes them, and gives the check as it is in this transaction, whose parameters they must fit.
    ///   - also: What belongs into the same transaction, behind the change.
    /// - Throws: ``MartletError`` (`invalidInput`) for a parameter that the check does not have, or a value it does not take.
    @discardableResult
    public func changeParameters(
        of id: String, hooks: ChangeHooks = .none,
        _ change: @escaping @Sendable (StoreReader, inout [String: JSONValue]) throws -> CheckDefinition,
        also: @escaping @Sendable (JSONValue, any Connection) throws -> Void = { _, _ in }
    ) async throws -> JSONValue {
        let tenant = store.tenant
        return try await store.database.write { connection in
            try EditLock.checks.take(tenant: tenant, connection)
            try hooks.before(connection)
            let text = try TenantCheckRecords.parameters(of: id, tenant: tenant, connection)
            var values: [String: JSONValue] = [:]
            for member in try text.map({ try JSONValue.parse($0) })?.objectValue ?? [] {
                values[member.key] = member.value
            }
            let definition = try change(StoreReader(connection: connection, tenant: tenant), &values)
            _ = try CompiledCheck(definition, parameters: values)
            let members = values.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
            let result = JSONValue.object(members)
            try TenantCheckRecords.setParameters(
                of: id, to: members.isEmpty ? nil : result.text, tenant: tenant, connection)
            try also(result, connection)
            try hooks.after(connection)
            return result
        }
    }
}
