import MartletCore
import MartletEngine
import MartletPolicy
import MartletStore

/// Getting frameworks ready.
enum FrameworkPhase {
    /// Reads and parses files.
    static func load(paths: [String]) throws -> Figures {
        var watch = Stopwatch()
        watch.start()
        let frameworks = try FrameworkFiles(paths: paths).load()
        watch.stop()
        var figures = Figures()
        figures["frameworks"] = Double(frameworks.count)
        figures["requirements"] = Double(frameworks.reduce(0) { $0 + $1.requirements.count })
        figures.add(watch)
        return figures
    }

    /// Reads and parses the frameworks of a store, as every import does.
    nonisolated static func catalog(database: String) async throws -> Figures {
        let store = try await Store.open(url: database, create: false)
        var watch = Stopwatch()
        watch.start()
        let catalog = try await FrameworkCatalog.load(store)
        watch.stop()
        _ = catalog
        await store.close()
        var figures = Figures()
        figures.add(watch)
        return figures
    }

    /// Adds frameworks to a store by the real road, which evaluates them where something is published.
    nonisolated static func add(database: String, paths: [String]) async throws -> Figures {
        let files = try FrameworkFiles(paths: paths).files
        var measured = try await MeasuredStore.open(database)
        let store = measured.store
        measured.start()
        let added = try await Administration(store: store).addFrameworks(files)
        measured.stop()
        var figures = Figures()
        measured.add(to: &figures)
        figures["frameworks"] = Double(added.count)
        figures["statements"] = Double(await store.statementCount)
        await store.close()
        return figures
    }
}
