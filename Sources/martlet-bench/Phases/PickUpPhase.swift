import Glibc
import MartletCore
import MartletEngine
import MartletStore

/// How long a scan waits for a worker that has nothing to do, by the database's clock, and what that worker keeps in memory.
enum PickUpPhase {
    nonisolated static func run(database: String, file: String, samples: String) async throws -> Figures {
        let samples = try Phase.number(samples)
        let store = try await Store.open(url: database)
        let worker = try WorkerProcess(database: database)
        defer {
            worker.signal(SIGTERM)
            worker.wait()
        }
        // It connects, looks for work and listens.
        try await Task.sleep(for: .seconds(3))
        var figures = Figures()
        figures["idle_bytes"] = Double(worker.memory())
        let account = try await account(of: store)
        var waits: [Double] = []
        for _ in 0..<samples {
            let id = try await ScanQueue(store: store).start(
                account: account, order: ScanOrder(source: "file:" + file))
            waits.append(Double(try await wait(for: id, in: store)))
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...120)))
        }
        figures["idle_afterwards_bytes"] = Double(worker.memory())
        await store.close()
        waits.sort()
        figures["samples"] = Double(samples)
        for percent in [50, 95, 99] { figures["p\(percent)_milliseconds"] = ReadPhase.percentile(percent, of: waits) }
        figures["largest_milliseconds"] = waits.last ?? 0
        return figures
    }

    /// The only account of the file, known because the file was imported before.
    private static func account(of store: Store) async throws -> String {
        let accounts = try await store.read { try $0.accounts() }
        guard let account = accounts.first else { throw MartletError(.notFound, "the store has no account") }
        return account.account.description
    }

    /// The milliseconds between the request and the claim, once the scan has ended.
    private static func wait(for id: String, in store: Store) async throws -> Int64 {
        for _ in 0..<6_000 {
            let scan = try await store.read { try $0.scan(id) }
            if let scan, scan.state.isFinal, let claimed = scan.firstClaimedAt {
                return claimed.milliseconds - scan.queuedAt.milliseconds
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw MartletError(.database, "no worker has done the scan within a minute")
    }
}
