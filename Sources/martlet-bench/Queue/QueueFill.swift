import MartletCore
import MartletStore

/// Accounts and jobs that a benchmark of the queue finds in its store.
enum QueueFill {
    /// The id of an account.
    static func account(_ number: Int) -> String { "bench-\(number)" }

    /// The number of an account in the store: it must not be mistaken for another value of a recorded statement.
    static func number(_ account: Int) -> Int64 { 5_000_000 + Int64(account) }

    /// The same for tokens; a lock takes them as 32 bits.
    static let tokens: Int64 = 2_000_000_000

    /// Makes accounts 1 to `accounts` and finished jobs of theirs.
    static func fill(_ store: Store, accounts: Int, finished: Int) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            let rows = try connection.load(into: "accounts", columns: ["tenant", "id", "provider", "uid"])
            let fences = try connection.load(into: "fences", columns: ["tenant", "account", "token"])
            for number in 1...accounts {
                rows.add(tenant)
                rows.add(Self.number(number))
                rows.add("aws")
                rows.add(account(number))
                try rows.endRow()
                fences.add(tenant)
                fences.add(Self.number(number))
                fences.add(0 as Int64)
                try fences.endRow()
            }
            try rows.finish()
            try fences.finish()
        }
        try await store.database.scoped(to: .owner).write { try $0.raise(.tokens, above: Self.tokens) }
        let portion = 50_000
        for start in stride(from: 0, to: finished, by: portion) {
            let end = min(start + portion, finished)
            try await add(start..<end, accounts: accounts, isFinished: true, prefix: "finished", to: store)
        }
    }

    /// Queues a job for each of the first accounts.
    static func queue(_ jobs: Int, prefix: String, in store: Store) async throws {
        try await add(0..<jobs, accounts: jobs, isFinished: false, prefix: prefix, to: store)
    }

    private static func add(
        _ numbers: Range<Int>, accounts: Int, isFinished: Bool, prefix: String, to store: Store
    ) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            let now = try connection.now()
            let rows = try connection.load(
                into: "jobs",
                columns: [
                    "tenant", "id", "kind", "version", "payload", "account", "queue", "state", "run_at", "queued_at",
                    "attempts", "token", "first_claimed_at", "claimed_at", "finished_at",
                ])
            for number in numbers {
                rows.add(tenant)
                rows.add("\(prefix)-\(number)")
                rows.add("scan")
                rows.add(1 as Int64)
                rows.add("{}")
                rows.add(Self.number(number % accounts + 1))
                rows.add("default")
                rows.add(isFinished ? "completed" : "queued")
                rows.add(now)
                rows.add(now)
                rows.add(isFinished ? 1 : 0 as Int64)
                rows.add(isFinished ? 1 : 0 as Int64)
                for _ in 0..<3 { if isFinished { rows.add(now) } else { rows.addNull() } }
                try rows.endRow()
            }
            try rows.finish()
        }
    }
}
