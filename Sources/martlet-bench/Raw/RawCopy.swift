import MartletCore
import MartletStore

/// The baseline: the rows of a finished store inserted into an empty one by prepared statements, without any other work.
///
/// The rows come in the order and in the transactions of the import: resources, tags and findings batch by batch, then
/// everything that publish writes in one transaction. Reading is not timed.
final class RawCopy: RawBaseline {
    /// Tables that an import doesn't write, or that a new store has already.
    private static let foreign: Set<String> = ["migrations", "tokens", "tenants", "frameworks", "mutes"]
    private static let batched: Set<String> = ["findings", "resources", "resource_tags"]

    private let source: RawDatabase
    private let target: RawDatabase
    private var watch = Stopwatch()
    private var rows: [String: Int] = [:]

    /// Both stores must have the schema, and the second no rows.
    init(from source: String, to target: String) throws {
        self.source = try RawDatabase(path: source, readOnly: true)
        self.target = try RawDatabase(path: target, readOnly: false)
    }

    /// Copies everything that the import wrote.
    func all(batchSize: Int) throws -> Figures {
        try batches(of: batchSize)
        let tables = try source.texts("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        try once(tables.filter { !Self.foreign.contains($0) && !Self.batched.contains($0) })
        return try figures()
    }

    /// Copies one table in one transaction.
    func table(_ name: String) throws -> Figures {
        try once([name])
        return try figures()
    }

    private func batches(of size: Int) throws {
        let findings = try RawTable("findings", order: "id", from: source, to: target)
        let resources = try RawTable("resources", order: "id", from: source, to: target)
        let tags = try RawTable("resource_tags", order: "batch", from: source, to: target)
        let named = findings.index(of: "resource")
        let number = resources.index(of: "resource")
        let written = tags.index(of: "batch")
        let tag = tags.index(of: "tag")
        var highest: Int64 = 0
        var batch: Int64 = 0
        var last = false
        while !last {
            var count = 0
            try findings.read {
                guard count < size, let resource = findings.next(named) else { return false }
                highest = max(highest, resource)
                count += 1
                return true
            }
            last = count < size
            try resources.read { last || resources.next(number).map { $0 <= highest } ?? false }
            try tags.read { last || tags.next(written).map { $0 <= batch } ?? false }
            tags.sort(by: tag, written)
            batch += 1
            try timed {
                try resources.insert()
                try tags.insert()
                try findings.insert()
            }
        }
        for table in [findings, resources, tags] { rows[table.name] = table.inserted }
    }

    private func once(_ names: [String]) throws {
        for name in names {
            // All rows are in memory before the clock starts, as the evaluator's are.
            let table = try RawTable(name, from: source, to: target)
            try table.read { true }
            try timed { try table.insert() }
            rows[name] = table.inserted
        }
    }

    private func timed(_ body: () throws -> Void) throws {
        watch.start()
        try target.run("BEGIN IMMEDIATE")
        try body()
        try target.run("COMMIT")
        watch.stop()
    }

    private func figures() throws -> Figures {
        var figures = Figures()
        for (name, count) in rows {
            let expected = try source.count(name)
            let found = try target.count(name)
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
