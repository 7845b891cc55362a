/// What workers have done and how they are, of the whole installation. Runs as the dispatch role.
public enum WorkRecords {
    /// How long a worker counts that has said nothing: 90 s, in milliseconds.
    public static let patience: Int64 = 90_000

    /// Adds to totals; a name that is new begins at 0.
    public static func add(_ deltas: [String: Int64], _ connection: any Connection) throws {
        // In one order, so that two workers never wait for each other.
        let rows = deltas.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        guard !rows.isEmpty else { return }
        let places = rows.indices.map { "($\(2 * $0 + 1), $\(2 * $0 + 2))" }
        try connection.execute(
            """
            INSERT INTO work_totals (name, value) VALUES \(places.joined(separator: ", "))
            ON CONFLICT (name) DO UPDATE SET value = work_totals.value + excluded.value
            """, rows.flatMap { [.text($0.key), .int($0.value)] })
    }

    /// Says how a worker is, and removes what workers have left that have said nothing for long.
    public static func set(_ gauges: [String: Int64], of worker: String, _ connection: any Connection) throws {
        let now = try connection.now()
        try connection.execute("DELETE FROM work_gauges WHERE seen_at < $1", [.int(now - 10 * patience)])
        let rows = gauges.sorted { $0.key < $1.key }
        guard !rows.isEmpty else { return }
        let places = rows.indices.map { "($1, $\(2 * $0 + 3), $\(2 * $0 + 4), $2)" }
        try connection.execute(
            """
            INSERT INTO work_gauges (worker, name, value, seen_at) VALUES \(places.joined(separator: ", "))
            ON CONFLICT (worker, name) DO UPDATE SET value = excluded.value, seen_at = excluded.seen_at
            """, [.text(worker), .int(now)] + rows.flatMap { [.text($0.key), .int($0.value)] })
    }

    /// A worker has ended.
    public static func remove(worker: String, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM work_gauges WHERE worker = $1", [.text(worker)])
    }

    /// What all have done, and how those are who have said so lately.
    public static func figures(_ connection: any Connection) throws -> WorkFigures {
        var figures = WorkFigures()
        let since = try connection.now() - patience
        try connection.query("SELECT name, value FROM work_totals") { figures.totals[$0.text(0)] = $0.int(1) }
        try connection.query(
            "SELECT worker, name, value FROM work_gauges WHERE seen_at >= $1", [.int(since)]
        ) { row in
            figures.workers.insert(row.text(0))
            figures.gauges[row.text(1), default: 0] += row.int(2)
        }
        return figures
    }
}
