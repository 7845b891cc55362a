import MartletCore
import MartletEngine
import MartletStore

extension Session {
    /// Runs a body on the store and closes it, whatever happens.
    ///
    /// - Parameter create: Make the store when it doesn't exist; otherwise that is an error that says how to get one.
    func withStore<T>(create: Bool, _ body: (Store) async throws -> T) async throws -> T {
        let url = try DatabaseLocation.url(option: arguments.value("database"), environment: environment)
        let store = try await Store.open(url: url, tenant: arguments.value("tenant") ?? "default", create: create)
        log.debug("store \(store.url)")
        do {
            await finishPending(store)
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    /// What a crash left half done, or a mute that has expired meanwhile. What is published can be read without it.
    private func finishPending(_ store: Store) async {
        do {
            try await Administration(store: store).finishPending()
        } catch {
            log.warning("the posture could not be brought up to date: \(error)")
        }
    }

    /// Prints a listing out of one snapshot of the store. Returns the number of rows.
    func list<Row>(
        _ listing: @escaping @Sendable () -> Listing<Row>, as chosen: OutputFormat? = nil,
        _ body: @escaping @Sendable (StoreReader, ListingPrinter<Row>) throws -> Void
    ) async throws -> Int {
        let format = chosen ?? format
        let terminal = terminal
        return try await withStore(create: false) { store in
            try await store.read { reader in
                let printer = try ListingPrinter(
                    listing(), format: format, terminal: terminal, output: OutputStream())
                try body(reader, printer)
                try printer.finish()
                return printer.count
            }
        }
    }

    /// The accounts that the options choose.
    var accountFilter: AccountFilter {
        AccountFilter(accounts: arguments.list("account"), providers: arguments.list("provider"))
    }

    var tagFilters: [TagFilter] {
        arguments.list("tag").map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return TagFilter(key: parts.first ?? "", value: parts.count > 1 ? parts[1] : nil)
        }
    }

    /// `--limit`; nil when there is none.
    func limit() throws -> Int? { try arguments.integer("limit", in: 1...Int.max) }

    /// The exit code that `--fail-on` asks for, from the severities of unmuted FAIL findings.
    func exitCode(failing: some Sequence<Severity>) -> ExitCode {
        guard let threshold = failOn else { return .success }
        return failing.contains { $0 >= threshold } ? .findings : .success
    }

    var failOn: Severity? { arguments.value("fail-on").flatMap { Severity(name: $0) } }
}
