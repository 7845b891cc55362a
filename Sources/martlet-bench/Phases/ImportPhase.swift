import MartletCore
import MartletEngine
import MartletFormats
import MartletStore

/// One import by the real road. Opening and closing the store is not timed.
enum ImportPhase {
    nonisolated static func run(database: String, file: String, batchSize: String) async throws -> Figures {
        let store = try await Store.open(url: "sqlite:" + database)
        let reading = ReadingOptions(batchSize: try Phase.number(batchSize))
        var watch = Stopwatch()
        watch.start()
        let reports = try await Importer(store: store).run(
            source: try ScanFileReader(path: file, options: reading), origin: "benchmark", options: ImportOptions())
        watch.stop()
        await store.close()
        guard reports.count == 1, let report = reports.first else {
            throw MartletError(.database, "one account was to be imported and \(reports.count) were")
        }
        var figures = Figures()
        let counts = report.scan.counts
        for (name, count) in [
            ("read", counts.read), ("rejected", counts.rejected), ("duplicates", counts.duplicates),
            ("new", counts.new), ("changed", counts.changed), ("updated", counts.updated),
            ("unchanged", counts.unchanged), ("returned", counts.returned), ("gone", counts.gone),
            ("resources", report.scan.resources), ("tags", report.scan.tags),
            ("compliance_rows", report.scan.complianceRows),
        ] { figures[name] = Double(count) }
        figures["parse_seconds"] = report.parseSeconds
        figures["ingest_seconds"] = report.ingestSeconds
        figures["publish_seconds"] = report.publishSeconds
        figures["statements"] = Double(report.statements)
        figures.add(watch)
        return figures
    }
}
