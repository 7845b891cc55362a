import MartletCore
import MartletPolicy
import MartletStore

extension Administration {
    /// Adds the frameworks that every tenant has, where this one has never had them, and newer contents of those that it has
    /// had from the program. One read where there is nothing to do; two processes may be at it.
    ///
    /// - Returns: The ids of what was added. Postures that this concerns are pending afterwards.
    /// - Throws: ``MartletError`` of the database.
    @discardableResult
    public func addDefaultFrameworks() async throws -> [String] {
        let defaults = store.defaultFrameworks
        guard defaults.areAdded, !defaults.entries.isEmpty else { return [] }
        let tenant = store.tenant
        let missing = try await store.database.readRetrying { connection in
            defaults.missing(in: try FrameworkRecords.holdings(tenant: tenant, connection))
        }
        guard !missing.isEmpty else { return [] }
        // Read outside of the transaction that others wait for.
        let frameworks = try missing.sorted { $0.id < $1.id }.map {
            try Framework.load(bytes: $0.document(), fileName: $0.id + ".json")
        }
        return try await store.database.write { connection in
            try connection.lock(.numbers(table: "frameworks", tenant: tenant))
            // Whoever had the lock before may have added or removed some.
            let still = Set(defaults.missing(in: try FrameworkRecords.holdings(tenant: tenant, connection)).map(\.id))
            let added = frameworks.filter { still.contains($0.id) }
            guard !added.isEmpty else { return [] }
            for framework in added { _ = try FrameworkRecords.activate(framework, tenant: tenant, connection) }
            let providers = Set(added.flatMap(\.providers))
            try PostureRecords.markPending(tenant: tenant, providers: Array(providers), connection)
            return added.map(\.id)
        }
    }
}
