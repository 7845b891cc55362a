import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Where a test's store is: on each database there is.
enum StorePlace: Sendable, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgresql

    var testDescription: String { self == .sqlite ? "SQLite" : "PostgreSQL" }
}

/// A store of its own for one test, and short ways to use it.
struct TestStore: Sendable {
    let store: Store
    let url: String

    /// Runs `body` on a store of its own on every database, one after the other.
    static func with(_ body: (TestStore) async throws -> Void) async throws {
        for place in StorePlace.allCases { try await with(place, body) }
    }

    /// Runs `body` on a store of its own on one database.
    static func with(_ place: StorePlace, _ body: (TestStore) async throws -> Void) async throws {
        switch place {
        case .sqlite:
            let folder = try TemporaryFolder()
            try await open("sqlite:\(folder.file("store.db"))", body)
            withExtendedLifetime(folder) {}
        case .postgresql:
            let place = try await PostgresPlace()
            do {
                try await open(place.url, body)
            } catch {
                await place.remove()
                throw error
            }
            await place.remove()
        }
    }

    private static func open(_ url: String, _ body: (TestStore) async throws -> Void) async throws {
        let test = TestStore(store: try await Store.open(url: url), url: url)
        do {
            try await body(test)
        } catch {
            await test.store.close()
            throw error
        }
        await test.store.close()
    }

    /// A second process's view of the same store.
    func openAgain() async throws -> Store { try await Store.open(url: url) }

    var administration: Administration { Administration(store: store) }

    @discardableResult
    func run(_ source: any FindingSource, _ options: ImportOptions = ImportOptions()) async throws -> [ImportReport] {
        try await Importer(store: store).run(source: source, origin: "test", options: options)
    }

    /// Imports statements of one account; the report of it.
    @discardableResult
    func run(
        _ statements: [Statement], at time: Int64, batch: Int = .max, scope: ImportScope = .matrix,
        rejections: [Rejection] = []
    ) async throws -> ImportReport {
        var options = ImportOptions()
        options.scope = scope
        let source = MemorySource(statements, at: time, batch: batch, rejections: rejections)
        return try #require(try await run(source, options).first)
    }

    func addFramework(_ name: String, _ text: String) async throws {
        try await administration.addFrameworks([(fileName: name + ".json", bytes: Array(text.utf8))])
    }
}

/// Expects a ``MartletError`` with a code and gives it back.
@discardableResult
func expectError(
    _ code: MartletError.Code, _ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> MartletError? {
    do {
        try await body()
        Issue.record("no error", sourceLocation: location)
    } catch let error as MartletError {
        #expect(error.code == code, "\(error)", sourceLocation: location)
        return error
    } catch {
        Issue.record("\(error) is no MartletError", sourceLocation: location)
    }
    return nil
}
