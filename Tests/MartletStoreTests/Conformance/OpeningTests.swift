import Foundation
import MartletCore
import Testing

@testable import MartletStore

/// Opening a store: what cannot be opened says why, and what is opened has the schema of this program.
@Suite("Conformance: opening and migrations")
struct OpeningTests {
    @Test("migrating twice changes nothing", arguments: Driver.all)
    func idempotent(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let dumps = try await database.write { connection in
                var dumps: [[String]] = []
                for _ in 1...2 {
                    try Migrator.migrate(connection)
                    #expect(try Migrator.isCurrent(connection))
                    dumps.append(try driver.tables(connection).flatMap { try connection.dump($0) })
                }
                return dumps
            }
            #expect(dumps[0] == dumps[1])
            #expect(!dumps[0].isEmpty)
        }
    }

    @Test("an empty database is not current", arguments: Driver.all)
    func empty(driver: Driver) async throws {
        try await driver.withDatabase { database in
            let stored = try await database.read { try Migrator.isCurrent($0) }
            #expect(stored == false)
        }
    }

    @Test("whoever finds the schema current once it is alone locks no table that others use")
    func alreadyMigrated() async throws {
        try await Driver.postgres.withStore { store in
            let (few, many) = try await store.everything.write { connection in
                func locked() throws -> Int64 {
                    try connection.first(
                        """
                        SELECT COUNT(*) FROM pg_locks
                        WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'AccessExclusiveLock'
                        """
                    ) { $0.int(0) } ?? 0
                }
                try Migrator.migrateIfNeeded(connection)
                let few = try locked()
                try Migrator.migrate(connection)
                return (few, try locked())
            }
            #expect(few == 0 && many > 40, "\(few) \(many)")
        }
    }

    @Test("opening again finds the same tenants", arguments: Driver.all)
    func tenants(driver: Driver) async throws {
        try await driver.withDatabase { database in
            var numbers: [Int64] = []
            for name in ["b", "a", "b", "A", "a"] {
                numbers.append(try await Store.open(database: database, url: "test:x", tenant: name).tenant)
            }
            #expect(numbers == [1, 2, 1, 3, 2])
            await expectError(.usage) { _ = try await Store.open(database: database, url: "test:x", tenant: "") }
            let long = String(repeating: "t", count: 256)
            await expectError(.usage) { _ = try await Store.open(database: database, url: "test:x", tenant: long) }
        }
    }

    @Test("a newer schema is refused and left alone", arguments: Driver.all)
    func newer(driver: Driver) async throws {
        try await driver.withStore { store in
            let dump = try await store.everything.write { connection in
                try connection.execute("INSERT INTO migrations VALUES (999, 'later', 'x', 0)")
                return try connection.dump("migrations")
            }
            let error = await expectError(.database) {
                _ = try await Store.open(database: store.database, url: "test:x", tenant: "first")
            }
            #expect(error?.message.contains("999") == true)
            let stored = try await store.everything.read { try $0.dump("migrations") }
            #expect(stored == dump)
        }
    }

    @Test("a changed migration is refused", arguments: Driver.all)
    func changed(driver: Driver) async throws {
        try await driver.withStore { store in
            try await store.everything.run("UPDATE migrations SET content = 'x' WHERE version = 1")
            await expectError(.database) {
                _ = try await Store.open(database: store.database, url: "test:x", tenant: "first")
            }
        }
    }

    @Test("a failed migration leaves no tables", arguments: Driver.all)
    func failed(driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.run("CREATE TABLE scans (i BIGINT)")
            await expectError(.database) {
                _ = try await Store.open(database: database, url: "test:x", tenant: "first")
            }
            let stored = try await database.read { try driver.tables($0) }
            #expect(stored == ["scans"])
        }
    }
}

/// What only a file can be.
@Suite("SQLite: files")
struct SQLiteFileTests {
    @Test("a missing file is made only when asked for")
    func missing() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a/b c/store.db")
        let error = await expectError(.notFound) { _ = try await Store.open(url: "sqlite:\(path)", create: false) }
        #expect(error?.place == path)
        #expect(!FileManager.default.fileExists(atPath: path))
        await expectError(.io) { _ = try SQLiteDatabase(path: path, create: false) }
        let made = try await Store.open(url: "sqlite:\(path)")
        await made.close()
        let again = try await Store.open(url: "sqlite://\(path)", create: false)
        #expect(again.tenant == made.tenant)
        await again.close()
    }

    @Test("an URL that is none is a usage error", arguments: ["", "sqlite:", "postgres:x", "/tmp/x"])
    func badURL(url: String) async throws {
        await expectError(.usage) { _ = try await Store.open(url: url) }
    }

    @Test("a file that is no database is refused and left alone")
    func notADatabase() async throws {
        let folder = try TemporaryFolder()
        let bytes = Array("This is a letter to a friend, not a database. ".utf8)
        let content = Array(repeatElement(bytes, count: 100).joined())
        try folder.write(content, to: "letter.txt")
        let error = await expectError(.database) {
            _ = try await Store.open(url: "sqlite:\(folder.file("letter.txt"))")
        }
        #expect(error?.place == folder.file("letter.txt"))
        #expect(FileManager.default.contents(atPath: folder.file("letter.txt")) == Data(content))
    }

    @Test("a folder is no database")
    func folder() async throws {
        let folder = try TemporaryFolder()
        await expectError(.io) { _ = try await Store.open(url: "sqlite:\(folder.path)") }
        let file = folder.file("x")
        try folder.write([1], to: "x")
        await expectError(.io) { _ = try await Store.open(url: "sqlite:\(file)/store.db") }
    }

    @Test("a file that may not be written is an I/O error", .enabled(if: geteuid() != 0, "root may write everything"))
    func readOnlyFile() async throws {
        let folder = try TemporaryFolder()
        let url = "sqlite:\(folder.file("store.db"))"
        let store = try await Store.open(url: url)
        await store.close()
        #expect(chmod(folder.file("store.db"), 0o400) == 0)
        let read = try await Store.open(url: url)
        await expectError(.io) { try await read.database.run("DELETE FROM tokens") }
        await read.close()
    }

    @Test("a truncated store is an error, not a crash")
    func truncated() async throws {
        let folder = try TemporaryFolder()
        let store = try await Store.open(url: "sqlite:\(folder.file("store.db"))")
        await store.close()
        let whole = try #require(FileManager.default.contents(atPath: folder.file("store.db")))
        try folder.write(Array(whole.prefix(whole.count / 2)), to: "half.db")
        await expectError(.database) {
            let half = try await Store.open(url: "sqlite:\(folder.file("half.db"))")
            _ = try await half.database.read { connection in
                try TableCatalog.copied.map { try connection.dump($0) }
            }
        }
    }

    @Test("a closed database says so")
    func closed() async throws {
        let folder = try TemporaryFolder()
        let store = try await Store.open(url: "sqlite:\(folder.file("store.db"))")
        await store.close()
        await expectError(.database) { try await store.database.run("DELETE FROM tokens") }
    }
}
