import Glibc
import MartletCore
import MartletStore

/// Latencies of one query, each sample a snapshot of its own on a connection that is used again.
enum ReadPhase {
    /// Samples before those that count: a server's connections have been used before.
    private static let warmUp = 5

    nonisolated static func run(
        database: String, query: String, samples: String, seconds: String
    ) async throws -> Figures {
        guard let query = ReadQuery(rawValue: query) else {
            throw MartletError(.usage, "there is no query '\(query)'")
        }
        let samples = try Phase.number(samples)
        let limit = Double(try Phase.number(seconds))
        var measured = try await MeasuredStore.open(database)
        let store = measured.store
        let known = try await store.read { try $0.accounts() }
        let accounts = known.map(\.account.uid)
        guard !accounts.isEmpty else { throw MartletError(.notFound, "nothing is published in the store") }
        let page = laterPage(known)
        let cursors =
            query == .laterPage
            ? try await store.read { try ReadQuery.cursors(before: page, accounts: accounts, $0) }
            : accounts.map { _ in nil }
        for sample in 0..<warmUp { _ = try await ask(query, sample, accounts, cursors, store) }
        var times: [Double] = []
        var rows = 0
        measured.start()
        let start = Stopwatch.now()
        while times.count < samples, times.isEmpty || Stopwatch.now() - start < limit {
            let begin = Stopwatch.now()
            rows += try await ask(query, times.count, accounts, cursors, store)
            times.append((Stopwatch.now() - begin) * 1000)
        }
        measured.stop()
        await store.close()
        var figures = Figures()
        measured.add(to: &figures)
        let count = Double(times.count)
        figures["samples"] = count
        figures["page"] = Double(page)
        figures["rows"] = Double(rows) / count
        figures["accounts"] = Double(known.count)
        figures["findings"] = Double(known.reduce(0) { $0 + $1.summary.total })
        figures["cpu_milliseconds"] = figures["cpu_seconds"] / count * 1000
        if let seconds = figures.values["server_cpu_seconds"] {
            figures["server_milliseconds"] = seconds / count * 1000
        }
        times.sort()
        for percent in [50, 95, 99] { figures["p\(percent)_milliseconds"] = percentile(percent, of: times) }
        figures["largest_milliseconds"] = times.last ?? 0
        return figures
    }

    /// The smallest sample that at least this share of the samples do not exceed (nearest rank).
    static func percentile(_ percent: Int, of sorted: [Double]) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let rank = (sorted.count * percent + 99) / 100
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }

    /// The page far into the list, or the last full one that every account has.
    private static func laterPage(_ accounts: [AccountRow]) -> Int {
        let failed = accounts.map { Int($0.summary.byStatus[.fail] ?? 0) }.min() ?? 0
        return min(max(failed / ReadQuery.pageRows, 1), ReadQuery.laterPageNumber)
    }

    private static func ask(
        _ query: ReadQuery, _ sample: Int, _ accounts: [String], _ cursors: [FindingCursor?],
        _ store: Store
    ) async throws -> Int {
        try await store.read { try query.run($0, sample: sample, accounts: accounts, cursors: cursors) }
    }
}
