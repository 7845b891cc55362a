import MartletCore
import MartletEngine
import MartletStore

/// The same statements as those of ``QueuePhase``, recorded in the same process and sent with nothing in between.
enum RawQueuePhase {
    nonisolated static func enqueue(database: String, jobs: String, clients: String) async throws -> Figures {
        let (jobs, clients) = (try Phase.number(jobs), try Phase.number(clients))
        let (store, tape) = try await recording(database)
        let road = QueueRoad(store: store, worker: "recording")
        let recorded = try await road.enqueue(QueueFill.account(jobs))
        let transactions = tape.take()
        let watch = try await RawThread.all(clients, make: { try client(of: database) }) { client, first in
            for number in stride(from: first + 1, through: jobs, by: clients) {
                var others = RecordedTransaction.Replacements()
                others.texts[recorded] = ScanID.make(at: Timestamp(milliseconds: 0))
                others.texts[QueueFill.account(jobs)] = QueueFill.account(number)
                others.numbers[QueueFill.number(jobs)] = QueueFill.number(number)
                for transaction in transactions { try RawQueue.replay(transaction, others, on: client) }
            }
            return 0
        }.watch
        _ = try await road.drain(batch: ClaimRequest.maximum)
        await store.close()
        return figures(jobs, watch)
    }

    nonisolated static func work(
        database: String, jobs: String, workers: String, batch: String
    ) async throws -> Figures {
        let (jobs, workers, batch) = (try Phase.number(jobs), try Phase.number(workers), try Phase.number(batch))
        let (store, tape) = try await recording(database)
        let road = QueueRoad(store: store, worker: "recording")
        try await QueueFill.queue(batch, prefix: QueuePhase.prefix(), in: store)
        _ = tape.take()
        let claimed = try await road.claim(batch)
        for job in claimed { try await road.complete(job) }
        let transactions = tape.take()
        guard claimed.count == batch, let claim = transactions.first, transactions.count == batch + 1 else {
            throw MartletError(.database, "the recording is not one claim and its completions")
        }
        try await QueueFill.queue(jobs, prefix: QueuePhase.prefix(), in: store)
        await store.close()
        let completions = Array(transactions.dropFirst())
        let (done, watch) = try await RawThread.all(workers, make: { try client(of: database) }) { client, _ in
            try RawQueue(client: client, claim: claim, completions: completions, jobs: claimed).drain()
        }
        guard done == jobs else { throw MartletError(.database, "\(done) of \(jobs) jobs were done") }
        return figures(jobs, watch)
    }

    private static func recording(_ database: String) async throws -> (Store, RecordingDatabase.Tape) {
        let plain = try await Store.open(url: database)
        let tape = RecordingDatabase.Tape()
        let recorded = RecordingDatabase(plain.database, scope: .tenant(plain.tenant), tape: tape)
        return (try await Store.open(database: recorded, url: database, tenant: plain.tenantName), tape)
    }

    private static func client(of database: String) throws -> any RawClient {
        switch try BenchStores.store(database) {
        case let store as PostgresBenchStore: try PostgresRawClient(store)
        case let store as SQLiteBenchStore: try SQLiteRawClient(store)
        default: throw RawBaselineError.otherDatabase
        }
    }

    private static func figures(_ jobs: Int, _ watch: Stopwatch) -> Figures {
        var figures = Figures()
        figures.add(watch)
        figures["jobs"] = Double(jobs)
        figures["jobs_per_second"] = Double(jobs) / max(figures["wall_seconds"], 1e-9)
        return figures
    }
}
