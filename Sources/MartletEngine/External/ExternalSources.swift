import MartletCore
import MartletStore

/// The external sources of a tenant.
public struct ExternalSources: Sendable {
    let store: Store

    /// Works on the sources of the store's tenant.
    public init(store: Store) { self.store = store }

    /// Keeps a source.
    ///
    /// - Parameters:
    ///   - replacing: Put it in the place of an earlier one of its name; scans that wait will run the new one.
    ///   - also: What belongs into the same transaction, behind it; it is told whether there was none of this name.
    /// - Throws: ``MartletError``: what ``ExternalSource/validate()`` throws, `not_found` and `invalid_input` for a secret
    ///   that every account shares and that is not there or of the wrong kind, `conflict` for a name that is taken.
    public func add(
        _ source: ExternalSource, replacing: Bool = false,
        also: @escaping @Sendable (_ isNew: Bool, any Connection) throws -> Void = { _, _ in }
    ) async throws {
        try source.validate()
        let tenant = store.tenant
        try await store.database.write { connection in
            let shared = try source.secrets.filter(\.isShared).map { ($0, try SecretName($0.name)) }
            try Secrets.require(shared, tenant: tenant, connection)
            let isNew = try ExternalSourceRecords.definition(of: source.name, tenant: tenant, connection) == nil
            try ExternalSourceRecords.set(
                source.name, to: source.json.text, replacing: replacing, tenant: tenant, connection)
            try also(isNew, connection)
        }
    }

    /// The source of this name. Throws ``MartletError`` `not_found` when there is none, `invalid_input` for a definition of
    /// a newer program.
    public func source(named name: String) async throws -> ExternalSource {
        let tenant = store.tenant
        return try await store.database.readRetrying { try Self.source(named: name, tenant: tenant, $0) }
    }

    /// Removes a source; false when there is none.
    public func remove(_ name: String, hooks: ChangeHooks = .none) async throws -> Bool {
        let tenant = store.tenant
        return try await store.database.write { connection in
            try hooks.before(connection)
            guard try ExternalSourceRecords.remove(name, tenant: tenant, connection) else { return false }
            try hooks.after(connection)
            return true
        }
    }

    /// The same as ``source(named:)`` inside a transaction.
    static func source(named name: String, tenant: Int64, _ connection: any Connection) throws -> ExternalSource {
        guard let text = try ExternalSourceRecords.definition(of: name, tenant: tenant, connection) else {
            let shown = ChildLogText.visible(String(name.prefix(80)))
            throw MartletError(.notFound, "There is no source '\(shown)'; martlet source list shows them.")
        }
        return try ExternalSource(json: try JSONValue.parse(text))
    }
}
