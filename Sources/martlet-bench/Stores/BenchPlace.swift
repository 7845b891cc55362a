import MartletCore
import MartletStore

/// Where a benchmark makes its stores: in its folder, or in schemas of its own in a PostgreSQL database.
struct BenchPlace {
    private let folder: WorkFolder
    private let database: PostgresAddress?
    private let prefix: String

    /// - Parameter database: nil for SQLite in the folder. A schema that the URL names becomes the beginning of the
    ///   schemas' names.
    init(database: String?, folder: WorkFolder) throws {
        self.folder = folder
        guard let database, PostgresSettings.accepts(database) else {
            guard database == nil else {
                throw MartletError(
                    .usage, "expected postgresql://…; without it SQLite is measured, in --directory",
                    place: "--database")
            }
            (self.database, prefix) = (nil, "")
            return
        }
        let address = try PostgresAddress(database)
        self.database = address
        // Two benchmarks may run in one database.
        prefix = (address.schema ?? "bench") + "_" + String(UInt32.random(in: 0 ... .max), radix: 36)
    }

    var isPostgres: Bool { database != nil }

    /// The database's name in reports.
    var name: String { isPostgres ? "PostgreSQL" : "SQLite" }

    /// A store of the benchmark's own; nothing is made yet.
    func store(_ name: String) -> any BenchStore {
        guard let database else { return SQLiteBenchStore(path: folder.file(name + ".db")) }
        return PostgresBenchStore(address: database.inSchema(prefix + "_" + name))
    }
}

extension BenchPlace {
    /// Removes stores, or tells where they are kept.
    ///
    /// - Parameter folder: The benchmark's folder where that is kept, too.
    static func end(_ stores: [any BenchStore], keep: Bool, in folder: WorkFolder?) throws {
        for store in stores {
            guard keep else {
                try store.remove()
                continue
            }
            guard try store.exists() else { continue }
            let shown = try PostgresSettings.accepts(store.url) ? shownURL(store.url) : store.url
            BenchProgram.write("kept: \(shown)\n", to: 2)
        }
        if keep, let folder { BenchProgram.write("kept in \(folder.path)\n", to: 2) }
    }

    /// Without a password.
    private static func shownURL(_ url: String) throws -> String {
        let settings = try PostgresSettings(url: url)
        return settings.place + " schema=" + settings.schema
    }
}
