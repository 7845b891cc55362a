import Glibc
import MartletCore
import MartletEngine
import MartletFormats
import MartletPolicy
import MartletProviders
import MartletStore

extension Session {
    func scanAzure() async throws -> ExitCode {
        // All that can be wrong with what was asked for, before anything is made or asked.
        let request = try azureRequest()
        let azure = try AzureScans(try await checkLibraryOrShipped())
        let filters = try azure.resolved(try scanFilters())
        let connection = AzureConnectionOptions(arguments: arguments)
        let client = try AzureClient(
            credential: try AzureIdentityOptions(arguments: arguments, environment: environment).credential(),
            addresses: try connection.addresses(), http: try connection.client(), environment: environment)
        let scan = try azure.scan(request, filters: filters, client: client)
        return try await withStore(create: true, cacheKiB: Self.cacheKiB) { store in
            let report = try await run(scan, of: request, filters, in: store)
            try await show(report, azure, in: store)
            return exitCode(report, scan)
        }
    }

    /// A scan waits for Azure most of the time; its store need not be as fast as an import's, and memory should not follow it.
    private static let cacheKiB = 12 << 10

    /// The tenant's checks, or those of the program where the store is yet to be made.
    private func checkLibraryOrShipped() async throws -> CheckLibrary {
        do { return try await checkLibrary() } catch let error as MartletError where error.code == .notFound {
            return try CheckLibrary.shipped()
        }
    }

    private func azureRequest() throws -> AzureScanRequest {
        guard let subscription = arguments.value("subscription") else {
            throw MartletError(.usage, "which subscription? Give --subscription; 'az account list' shows yours")
        }
        var request = try AzureScanRequest(subscription: subscription)
        request.organization = arguments.value("devops-organization")
        request.project = arguments.value("devops-project")
        request.regions = arguments.list("regions").map { $0.lowercased().filter { !$0.isWhitespace } }
        return request
    }

    private func run(
        _ scan: NativeScan, of request: AzureScanRequest, _ filters: ScanFilters, in store: Store
    ) async throws -> ImportReport {
        var options = ImportOptions()
        options.scope = .full
        options.filters = filters
        options.recognisesStatements = false
        options.claimed = notingScans(of: "azure", in: store)
        if let seconds = try arguments.integer("wait", in: 0...86_400) { options.waitSeconds = Double(seconds) }
        let meter = ProgressMeter(
            label: request.account.description, totalBytes: nil, terminal: messages, quiet: log.quiet)
        defer { meter.finish() }
        let watching = Task {
            while (try? await Task.sleep(for: .milliseconds(100))) != nil { meter.update(scan.activity) }
        }
        defer { watching.cancel() }
        let reports = try await Importer(store: store).run(source: scan, origin: "azure", options: options)
        guard let report = reports.first else {
            throw MartletError(.notFound, "The scan said nothing of \(request.account).")
        }
        return report
    }

    private func show(_ report: ImportReport, _ azure: AzureScans, in store: Store) async throws {
        if format == .openshield {
            try await printOpenShield(of: report.scan, azure, in: store)
        } else {
            let printer = try ImportPrinter(format: format, terminal: terminal, quiet: log.quiet)
            try printer.add(report)
            try printer.finish()
        }
        for gap in report.scan.gaps { log.warning("\(gap.state.name): \(gap.sentence)") }
        for hint in report.hints { log.note(hint) }
    }

    /// The failed rules as OpenShield writes them: only checks that are one of its rules.
    private func printOpenShield(of scan: ScanRow, _ azure: AzureScans, in store: Store) async throws {
        var filter = FindingFilter()
        filter.accounts = AccountFilter(accounts: [scan.account.description])
        filter.statuses = [.fail]
        let chosen = filter
        try await store.read { reader in
            let output = OutputStream()
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("findings")
            writer.beginArray()
            _ = try reader.findings(chosen, at: nil, after: nil, limit: nil) { row in
                guard row.source == NativeScan.scanner else { return }
                for rule in azure.openShieldRules(of: row.check.check) {
                    writer.beginObject()
                    writer.field("rule_id", rule)
                    writer.field("resource_id", row.resource.uid)
                    writer.field("severity", row.severity.name.uppercased())
                    writer.endObject()
                }
                try output.write(writer.takeBytes())
            }
            writer.endArray()
            writer.endObject()
            writer.newline()
            try output.write(writer.takeBytes())
            try output.flush()
        }
    }

    private func exitCode(_ report: ImportReport, _ scan: NativeScan) -> ExitCode {
        if scan.progress.items == 0, report.scan.state == .completedWithGaps {
            log.error("nothing could be looked at; see the reasons above")
            return .failure
        }
        return exitCode(failing: report.summary.failedBySeverity.filter { $0.value > 0 }.map(\.key))
    }
}
