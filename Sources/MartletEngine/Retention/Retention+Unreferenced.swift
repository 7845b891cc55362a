import MartletStore

extension Retention {
    /// Check texts or frameworks that one transaction looks at. For each it asks every account.
    private static let unreferencedBatch = 50

    /// Removes what no version names any more; gives how many.
    ///
    /// - Parameter batches: How many transactions it may take.
    func removeUnreferenced(_ kind: Unreferenced.Kind, batches: Int = .max) async throws -> Int {
        let tenant = store.tenant
        let remembered = store.defaultFrameworks.ids
        var removed = 0
        var after: Int64? = 0
        var left = batches
        while let number = after, left > 0, !Task.isCancelled {
            let batch = try await store.database.write { connection in
                try Unreferenced.removeBatch(
                    of: kind, tenant: tenant, after: number, limit: Self.unreferencedBatch, remembering: remembered,
                    connection)
            }
            removed += batch.removed
            after = batch.next
            left -= 1
        }
        return removed
    }
}
