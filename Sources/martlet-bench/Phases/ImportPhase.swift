import MartletCore
import MartletEngine
import MartletFormats
import MartletStore

/// One import by the real road. Opening and closing the store is not timed.
enum ImportPhase {
    /// - Parameter groups: Findings of a portion of the source; 0 for the reader's own portions.
    nonisolated static func run(
        database: String, file: String, batchSize: String, groups: String = "0"
    ) async throws -> Figures {
        let size = try Phase.number(batchSize)
        var measured = try await MeasuredStore.open(database)
        let store = measured.store
        let log = BatchLog(size: size, meter: measured.meter)
        let reader = try ScanFileReader(path: file, options: ReadingOptions(batchSize: size))
        let source: any FindingSource =
            groups == "0" ? reader : GroupedSource(reader, size: try Phase.number(groups))
        measured.start()
        let reports = try await Importer(store: store).run(
            source: source, origin: "benchmark", options: ImportOptions(), progress: { log.note($0) })
        measured.stop()
        guard reports.count == 1, let report = reports.first else {
            throw MartletError(.database, "one account was to be imported and \(reports.count) were")
        }
        var figures = Figures()
        measured.add(to: &figures)
        log.add(to: &figures)
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
        figures["version_rows"] = Double(try await VersionRows.opened(in: report.scan.generation, store))
        await store.close()
        return figures
    }
}
