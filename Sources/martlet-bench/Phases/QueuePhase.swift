import MartletCore
import MartletStore

/// The queue by Martlet's own road.
enum QueuePhase {
    /// The most jobs that are taken at once where nothing is measured.
    private static let sweep = ClaimRequest.maximum

    nonisolated static func fill(database: String, accounts: String, finished: String) async throws -> Figures {
        let accounts = try Phase.number(accounts)
        guard let finished = Int(finished), (0...100_000_000).contains(finished) else {
            throw MartletError(.usage, "expected a whole number, got '\(finished)'")
        }
        let store = try await Store.open(url: database)
        try await QueueFill.fill(store, accounts: accounts, finished: finished)
        await store.close()
        return Figures()
    }

    /// Clients that ask for scans at the same time, each for its share of the accounts.
    nonisolated static func enqueue(database: String, jobs: String, clients: String) async throws -> Figures {
        let (jobs, clients) = (try Phase.number(jobs), try Phase.number(clients))
        var measured = try await MeasuredStore.open(BenchStores.url(database, connections: clients))
        let road = QueueRoad(store: measured.store, worker: "client")
        _ = try await road.enqueue(QueueFill.account(1))
        measured.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<clients {
                group.addTask {
                    for number in stride(from: client + 1, through: jobs, by: clients) {
                        _ = try await road.enqueue(QueueFill.account(number))
                    }
                }
            }
            try await group.waitForAll()
        }
        measured.stop()
        _ = try await road.drain(batch: sweep)
        await measured.store.close()
        return figures(jobs, measured)
    }

    /// Workers that claim and complete at the same time, until there is nothing left.
    nonisolated static func work(
        database: String, jobs: String, workers: String, batch: String
    ) async throws -> Figures {
        let (jobs, workers, batch) = (try Phase.number(jobs), try Phase.number(workers), try Phase.number(batch))
        var measured = try await MeasuredStore.open(BenchStores.url(database, connections: workers))
        let store = measured.store
        try await QueueFill.queue(jobs, prefix: prefix(), in: store)
        measured.start()
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<workers {
                group.addTask { try await QueueRoad(store: store, worker: "worker-\(worker)").drain(batch: batch) }
            }
            return try await group.reduce(0, +)
        }
        measured.stop()
        await store.close()
        guard done == jobs else { throw MartletError(.database, "\(done) of \(jobs) jobs were done") }
        return figures(jobs, measured)
    }

    /// Different in each run: ids of jobs are never used twice.
    static func prefix() -> String { "q" + String(UInt64.random(in: 0 ... .max), radix: 36) }

    static func figures(_ jobs: Int, _ measured: MeasuredStore) -> Figures {
        var figures = Figures()
        measured.add(to: &figures)
        figures["jobs"] = Double(jobs)
        figures["jobs_per_second"] = Double(jobs) / max(figures["wall_seconds"], 1e-9)
        return figures
    }
}
