import MartletStore

/// The store's health, asked for at most every two seconds however often it is looked at.
public actor HealthCache {
    private var last: (health: StoreHealth, at: Int64)?
    private var asking: Task<StoreHealth, any Error>?
    private let patience: Duration

    /// A cache that knows nothing yet.
    public init() { self.init(patience: .seconds(5)) }

    /// A database that is away is asked again and again for longer than whoever probes a server waits: after `patience` it
    /// counts as away.
    init(patience: Duration) { self.patience = patience }

    /// The health, at most two seconds old.
    func health(of store: Store) async throws -> StoreHealth { try await health { try await store.health() } }

    func health(_ ask: @escaping @Sendable () async throws -> StoreHealth) async throws -> StoreHealth {
        let now = MonotonicClock.now()
        if let last, now - last.at < 2_000_000_000 { return last.health }
        if let asking { return try await asking.value }
        let task = Task { try await ask() }
        asking = task
        let limit = Task { [patience] in
            try await Task.sleep(for: patience)
            task.cancel()
        }
        defer {
            asking = nil
            limit.cancel()
        }
        let health = try await task.value
        last = (health, MonotonicClock.now())
        return health
    }
}
