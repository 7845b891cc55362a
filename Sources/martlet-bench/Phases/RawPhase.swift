import MartletStore

/// The baseline, into a new store.
enum RawPhase {
    nonisolated static func all(from source: String, to target: String, batchSize: String) async throws -> Figures {
        let size = try Phase.number(batchSize)
        try await makeStore(target)
        return try RawCopy(from: source, to: target).all(batchSize: size)
    }

    nonisolated static func table(_ name: String, from source: String, to target: String) async throws -> Figures {
        try await makeStore(target)
        return try RawCopy(from: source, to: target).table(name)
    }

    /// An empty store with the schema.
    private static func makeStore(_ path: String) async throws {
        await (try Store.open(url: "sqlite:" + path)).close()
    }
}
