import MartletCore

/// The baseline on PostgreSQL: binary COPY of a finished schema's rows into an empty one with the same tables and indexes,
/// past row-level security.
///
/// The rows come in the order and in the transactions of the import. They are in memory, in the form in which they are
/// sent, before the clock starts. Numbers that the database gives are sent, too.
final class PostgresRawCopy: RawBaseline {
    /// Tables that an import doesn't write, or that a new store has already.
    private static let foreign: Set<String> = ["migrations", "tenants", "frameworks", "mutes", "receipts", "leases"]

    private let source: PostgresLink
    private let target: PostgresLink
    private let from: String
    private let to: String
    private var watch = Stopwatch()
    private var rows: [String: Int] = [:]

    init(from source: PostgresBenchStore, to target: PostgresBenchStore) throws {
        self.source = try PostgresLink(source.address)
        self.target = try PostgresLink(target.address)
        from = source.schema
        to = target.schema
        guard try self.source.texts("SELECT row_security_active('\(from).findings')") == ["f"] else {
            throw MartletError(
                .usage, "the baseline must see all rows; log in as a superuser or with BYPASSRLS", place: "--database")
        }
        // COPY refuses tables that are protected from the one who writes.
        for table in try self.target.tables(of: to) {
            try self.target.run(
                "ALTER TABLE \(to).\(table) DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY")
        }
    }

    func all(batchSize: Int) throws -> Figures {
        let tables = try source.tables(of: from).filter { !Self.foreign.contains($0) }
        let batched = ["resources", "resource_tags", "findings"]
        return try timingServer {
            try batches(of: batched, size: batchSize)
            try once(tables.filter { !batched.contains($0) })
        }
    }

    func table(_ name: String) throws -> Figures { try timingServer { try once([name]) } }

    private func batches(of names: [String], size: Int) throws {
        // What was just filled has not been analyzed; only the keys' indexes find a batch without reading everything.
        try source.run("SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off")
        var parts = try names.map { try table($0, at: "\(from).\($0)") }
        let account = "WHERE (tenant, account) = (SELECT tenant, id FROM \(from).accounts LIMIT 1)"
        var last = (finding: 0, resource: 0)
        var number = 0
        var isLast = false
        while !isLast {
            let batch =
                try source.rows(
                    """
                    SELECT COUNT(*), COALESCE(MAX(id), 0), COALESCE(MAX(resource), 0) FROM (
                    SELECT id, resource FROM \(from).findings \(account) AND id > \(last.finding)
                    ORDER BY tenant, id LIMIT \(size)) b
                    """
                ).first?.compactMap { Int($0) } ?? []
            guard batch.count == 3 else { throw MartletError(.database, "a batch of findings cannot be found") }
            isLast = batch[0] < size
            let resource = isLast ? Int(Int64.max) : max(batch[2], last.resource)
            for index in parts.indices {
                let range =
                    switch parts[index].name {
                    case "findings":
                        "id > \(last.finding) AND id <= \(max(batch[1], last.finding)) ORDER BY tenant, id"
                    case "resource_tags":
                        "batch >= \(number) AND batch < \(isLast ? Int(Int32.max) : number + 1) ORDER BY tenant, account, tag"
                    default:
                        "resource > \(last.resource) AND resource <= \(resource) ORDER BY tenant, account, resource"
                    }
                try parts[index].read("\(account) AND \(range)")
            }
            last = (batch[1], resource)
            number += 1
            try write(&parts)
        }
        try source.run("RESET enable_seqscan; RESET enable_sort; RESET enable_bitmapscan")
    }

    private func once(_ names: [String]) throws {
        var parts = try names.map { try table($0, at: "\(from).\($0)") }
        for index in parts.indices { try parts[index].read() }
        try write(&parts)
    }

    /// One transaction.
    private func write(_ parts: inout [PostgresRawTable]) throws {
        watch.start()
        try target.run("BEGIN")
        for index in parts.indices { try parts[index].write() }
        try target.run("COMMIT")
        watch.stop()
        for part in parts { rows[part.name] = part.copied }
    }

    private func table(_ name: String, at place: String) throws -> PostgresRawTable {
        PostgresRawTable(name, columns: try columns(of: name), from: place, source, to: "\(to).\(name)", target)
    }

    private func columns(of table: String) throws -> [String] {
        try source.texts(
            """
            SELECT attname FROM pg_attribute WHERE attrelid = '\(from).\(table)'::regclass
            AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
            """)
    }

    private func timingServer(_ body: () throws -> Void) throws -> Figures {
        let before = ServerClock.seconds(of: target.serverProcess)
        try body()
        var figures = Figures()
        if let before, let after = ServerClock.seconds(of: target.serverProcess) {
            figures["server_cpu_seconds"] = after - before
        }
        for (name, count) in rows {
            let expected = try source.integer("SELECT COUNT(*) FROM \(from).\(name)")
            let found = try target.integer("SELECT COUNT(*) FROM \(to).\(name)")
            guard count == expected, found == expected else {
                throw MartletError(.database, "\(name): \(expected) rows were to be copied and \(found) were")
            }
            figures["rows_" + name] = Double(count)
        }
        figures["rows"] = Double(rows.values.reduce(0, +))
        figures.add(watch)
        return figures
    }
}
