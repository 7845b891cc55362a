import MartletCore
import MartletStore

extension ScanRunner {
    /// Thousandths that running the scanner counts for; how far it has come nobody knows.
    private static let scannerShare = 450

    /// Seconds of an attempt's time that are left for taking in what the scanner found.
    private static let importSeconds = 300

    /// Runs the scanner of an external source, then takes in what it wrote.
    func runExternal(_ name: String, _ order: ScanOrder, of key: AccountKey, _ context: JobContext) async throws {
        guard let external else {
            throw MartletError(.usage, "This worker does not run external sources; start one that does.")
        }
        let store = context.store
        var source = try await ExternalSources(store: store).source(named: name)
        // Its own timeout comes first, because it tells what to do, and because another attempt would end alike.
        source.timeout = max(1, min(source.timeout, Int(context.total / 1000) - Self.importSeconds))
        let secrets = try await Secrets(store: store).variables(of: source, for: key) { try await external.keys(store) }
        let run = try ExternalRun(source, scope: order.filters.scope(of: key), secrets: secrets)
        let id = context.job.job.id
        context.report(10, "running \(name)")
        try await run.perform(activity: { context.touch() }) { line in
            external.log(id, "\(name): \(line)")
        } _: { result in
            context.report(Self.scannerShare, "reading")
            external.log(
                id,
                "\(name) ended with \(result.exitCode) after \(Int(result.seconds)) s, peak \(result.peakBytes >> 20) MiB"
            )
            let (findings, bytes) = try external.source(of: result)
            try await take(findings, bytes: bytes, from: Self.scannerShare, order, of: key, context)
        }
    }
}
