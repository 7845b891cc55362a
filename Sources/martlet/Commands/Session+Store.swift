import MartletCore
import MartletEngine
import MartletFormats
import MartletStore

extension Session {
    /// Runs a body on the store and closes it, whatever happens.
    ///
    /// - Parameters:
    ///   - create: Make the store when it doesn't exist; otherwise that is an error that says how to get one.
    ///   - cacheKiB: What is kept of an embedded store in memory at most; nil for the usual.
    func withStore<T>(
        create: Bool, cacheKiB: Int? = nil, _ body: (Store) async throws -> T
    ) async throws -> T {
        let url = try DatabaseLocation.url(option: arguments.value("database"), environment: environment)
        let store = try await opened(url, create: create, cacheKiB: cacheKiB)
        log.debug("store \(store.url)")
        do {
            if store.isInRemoval {
                guard Self.reachTenantsInRemoval.contains(arguments.command.action) else {
                    throw MartletError.tenantInRemoval
                }
            } else {
                await bringUpToDate(store)
            }
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    private func opened(_ url: String, create: Bool, cacheKiB: Int?) async throws -> Store {
        let tenant = arguments.value("tenant") ?? "default"
        var store = try await Store.open(
            url: url, tenant: tenant, create: create, cacheKiB: cacheKiB, making: notingTenant(tenant))
        store.defaultFrameworks = ShippedFrameworks.defaults(areAdded: !arguments.has("no-shipped-frameworks"))
        return store
    }

    /// What works for other tenants, too, or only looks.
    private static let reachTenantsInRemoval: Set<CommandAction> = [
        .worker, .serve, .queue, .databaseMigrate, .databaseStatus, .databaseCheck, .databaseCopy,
    ]

    /// Shipped frameworks that the tenant does not have yet, what a crash left half done, or a mute that has expired
    /// meanwhile. What is published can be read without it.
    private func bringUpToDate(_ store: Store) async {
        do {
            let administration = Administration(store: store)
            let added = try await administration.addDefaultFrameworks()
            if !added.isEmpty { log.info("shipped frameworks added: \(added.joined(separator: ", "))") }
            try await administration.finishPending()
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
