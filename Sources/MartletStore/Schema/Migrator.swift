import MartletCore

/// Brings a database to this program's schema: forward only, inside one transaction, steps checked by their hash.
enum Migrator {
    /// Applies what is missing. Throws when the database is newer than the program or a step was changed.
    static func migrate(_ connection: any Connection) throws {
        try connection.beginMigration()
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS migrations
            (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL, applied_at BIGINT NOT NULL)
            """)
        var applied: [Int64: String] = [:]
        try connection.query("SELECT version, content FROM migrations") { applied[$0.int(0)] = $0.text(1) }
        let newest = Migration.all.last?.version ?? 0
        if let version = applied.keys.max(), version > newest {
            throw MartletError(
                .database,
                "The store has schema version \(version), this program knows \(newest); use the newer martlet.")
        }
        for migration in Migration.all {
            if let content = applied[migration.version] {
                guard content == migration.content(for: connection.dialect).hex else {
                    throw MartletError(
                        .database,
                        "Migration \(migration.version) of the store is not the one of this program; "
                            + "the store was made by a changed build.")
                }
                continue
            }
            for statement in migration.statements(for: connection.dialect) { try connection.execute(statement) }
            try connection.execute(
                "INSERT INTO migrations (version, name, content, applied_at) VALUES ($1, $2, $3, $4)",
                [
                    .int(migration.version), .text(migration.name),
                    .text(migration.content(for: connection.dialect).hex),
                    .int(try connection.now()),
                ])
        }
        try connection.finishMigration()
    }

    /// Does the same where it is still needed once nobody else is at it: of processes that start together on an empty
    /// database one migrates, and the others leave the tables to those who use them already.
    static func migrateIfNeeded(_ connection: any Connection) throws {
        try connection.beginMigration()
        if try !isCurrent(connection) { try migrate(connection) }
    }

    /// Whether nothing has to be done, by two queries.
    static func isCurrent(_ connection: any Connection) throws -> Bool {
        guard try connection.hasTable("migrations") else { return false }
        var applied: [Int64: String] = [:]
        try connection.query("SELECT version, content FROM migrations") { applied[$0.int(0)] = $0.text(1) }
        let dialect = connection.dialect
        let known = Migration.all.map { ($0.version, $0.content(for: dialect).hex) }
        return applied == Dictionary(uniqueKeysWithValues: known)
    }
}
