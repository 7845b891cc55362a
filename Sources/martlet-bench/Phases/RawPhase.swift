import MartletStore

/// The baseline, into a new store.
enum RawPhase {
    nonisolated static func all(from source: String, to target: String, batchSize: String) async throws -> Figures {
        let size = try Phase.number(batchSize)
        return try await baseline(source, target).all(batchSize: size)
    }

    nonisolated static func table(_ name: String, from source: String, to target: String) async throws -> Figures {
        try await baseline(source, target).table(name)
    }

    /// Makes the new store, which has nothing but the schema.
    private static func baseline(_ source: String, _ target: String) async throws -> any RawBaseline {
        await (try Store.open(url: target)).close()
        let made = try BenchStores.store(target)
        try made.settle()
        return try BenchStores.store(source).rawBaseline(to: made)
    }
}
