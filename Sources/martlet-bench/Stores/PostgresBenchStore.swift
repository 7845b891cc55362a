import MartletCore

/// A store in a schema of a PostgreSQL database, with the two roles that belong to the schema.
struct PostgresBenchStore: BenchStore {
    let address: PostgresAddress

    var url: String { address.url }
    var schema: String { address.schema ?? "martlet" }

    /// Tables, their indexes and what is stored out of line; a database's own size would count other schemas, too.
    func size() throws -> Int {
        let link = try PostgresLink(address)
        return try link.integer(
            """
            SELECT COALESCE(SUM(pg_total_relation_size(oid)), 0) FROM pg_class
            WHERE relnamespace = to_regnamespace('\(schema)') AND relkind = 'r'
            """)
    }

    /// The number of rows and the newest transaction of every table that a posture is written to.
    func mark() throws -> String {
        let link = try PostgresLink(address)
        return try link.tables(of: schema).filter { !["receipts", "leases", "scans", "fences"].contains($0) }
            .map { table in
                let row = try link.rows("SELECT COUNT(*), MAX(xmin::text::bigint) FROM \(schema).\(table)").first
                return table + ":" + (row ?? []).joined(separator: ":")
            }.joined(separator: " ")
    }

    /// Only a superuser may ask for a checkpoint; without one the figures are a little noisier.
    func settle() throws { try? PostgresLink(address).run("CHECKPOINT") }

    /// What autovacuum would do within minutes.
    func tidy() throws {
        let link = try PostgresLink(address)
        for table in try link.tables(of: schema) { try link.run("VACUUM (ANALYZE) \(schema).\(table)") }
        try settle()
    }

    func remove() throws {
        let link = try PostgresLink(address)
        try link.run("DROP SCHEMA IF EXISTS \(schema) CASCADE")
        for role in [schema + "_app", schema + "_dispatch"] {
            guard try link.integer("SELECT COUNT(*) FROM pg_roles WHERE rolname = '\(role)'") > 0 else { continue }
            try link.run("DROP OWNED BY \(role)")
            try link.run("DROP ROLE \(role)")
        }
    }

    func exists() throws -> Bool {
        try PostgresLink(address).integer("SELECT COUNT(*) FROM pg_namespace WHERE nspname = '\(schema)'") > 0
    }

    func rawBaseline(to target: any BenchStore) throws -> any RawBaseline {
        guard let target = target as? PostgresBenchStore else { throw RawBaselineError.otherDatabase }
        return try PostgresRawCopy(from: self, to: target)
    }
}
