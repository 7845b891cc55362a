import Glibc
import MartletCore
import MartletPolicy
import MartletStore

/// Takes a source's findings into a store: source → batches → ingest → publish.
///
/// A source may speak of several accounts; each becomes a scan of its own. Nothing of any of them is published before
/// the source has been read to its end.
public struct Importer: Sendable {
    private let store: Store
    private let worker: Worker
    /// What removes the past of the accounts after an import.
    var retention: Retention

    /// Accounts that one source may speak of.
    static let maximumAccounts = 1_000

    /// Imports into the store's tenant, in the name of this process.
    public init(store: Store) {
        self.store = store
        worker = .current()
        retention = Retention(store: store)
    }

    /// Imports a source.
    ///
    /// - Parameters:
    ///   - origin: Where the source comes from, as scans show it: a file's name, `-` for standard input.
    ///   - progress: Called after every batch.
    /// - Returns: A report for each account, by account. Empty for a source without findings.
    /// - Throws: ``MartletError``. Accounts that were not published are as they were before.
    public func run(
        source: any FindingSource, origin: String, options: ImportOptions,
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> [ImportReport] {
        try await run(
            source: source, origin: origin, options: options,
            claimer: AccountClaimer(store: store, worker: worker, options: options), progress: progress)
    }

    /// The same with accounts from elsewhere.
    func run(
        source: any FindingSource, origin: String, options: ImportOptions, claimer: any LaneClaimer,
        progress: @escaping @Sendable (ImportProgress) -> Void
    ) async throws -> [ImportReport] {
        // Before anything is claimed, and for itself: publish finds them, or a posture that is pending.
        try await Administration(store: store).addDefaultFrameworks()
        let statements = await store.statementCount
        var run = ImportRun(source: source, store: store, claimer: claimer, origin: origin, options: options)
        let reports: [ImportReport]
        do {
            try await Tracing.span("ingest") { try await run.readAll(progress: progress) }
            reports = try await Tracing.span("publish") { try await run.publishAll() }
        } catch {
            let failure = error as? MartletError ?? MartletError(.io, "The import was interrupted (\(error)).")
            await run.failAll(failure)
            throw failure
        }
        let used = await store.statementCount - statements
        let untidy = await retention.tidy(after: reports)
        return reports.map { report in
            var report = report
            report.statements = used
            if let untidy { report.hints.append(untidy) }
            return report
        }
    }
}
