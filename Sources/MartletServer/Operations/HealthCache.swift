import MartletStore

/// The store's health, asked for at most every two seconds however often it is looked at.
public actor HealthCache {
    private var last: (health: StoreHealth, at: Int64)?
    private var asking: Task<StoreHealth, any Error>?

    /// A cache that knows nothing yet.
    public init() {}

    /// The health, at most two seconds old.
    func health(of store: Store) async throws -> StoreHealth {
        let now = MonotonicClock.now()
        if let last, now - last.at < 2_000_000_000 { return last.health }
        if let asking { return try await asking.value }
        let task = Task { try await store.health() }
        asking = task
        defer { asking = nil }
        let health = try await task.value
        last = (health, MonotonicClock.now())
        return health
    }
}
