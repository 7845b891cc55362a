import MartletCore
import MartletStore

/// Does scans: opens the source and sends it down the road of every import.
public struct ScanRunner: JobRunner {
    /// Opens the source of a scan; throws `usage` for one that it does not know.
    public typealias Opener = @Sendable (ScanOrder) throws -> (source: any FindingSource, bytes: Int?)

    private let open: Opener
    let external: ExternalScans?
    let native: NativeScans?

    /// - Parameters:
    ///   - open: Gives the findings of a source, and their size as stored where it is known.
    ///   - external: What scans of external sources need; nil for a worker that does none.
    ///   - native: What scans by Martlet's own scanners need; nil for a worker that does none.
    public init(open: @escaping Opener, external: ExternalScans? = nil, native: NativeScans? = nil) {
        self.open = open
        self.external = external
        self.native = native
    }

    /// Reads the source, writes what it says, and publishes it together with the end of the job.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let order = try ScanOrder(payload: context.job.payload, version: context.job.version)
        let key = try await account(of: context)
        if let name = order.externalName {
            try await runExternal(name, order, of: key, context)
        } else if order.nativeProvider != nil {
            try await runNative(order, of: key, context)
        } else if let upload = order.uploadID {
            guard let external else {
                throw MartletError(.usage, "This worker does not read uploads; start one that does.")
            }
            context.report(0, "copying")
            let spool = try await UploadSpool(upload, store: context.store)
            // The source opens the file when it first reads, and the spool removes it with its own end.
            defer { withExtendedLifetime(spool) {} }
            let (source, bytes) = try external.open(spool.path, "upload")
            try await take(source, bytes: bytes, order, of: key, context)
        } else {
            let (source, bytes) = try open(order)
            try await take(source, bytes: bytes, order, of: key, context)
        }
        return .completed
    }

    /// Takes in what a source says, and publishes it.
    ///
    /// - Parameter from: How far the attempt had come before, in thousandths; nil when the source tells itself how far it
    ///   comes.
    func take(
        _ source: any FindingSource, bytes: Int?, from base: Int? = 0, _ order: ScanOrder, of key: AccountKey,
        _ context: JobContext
    ) async throws {
        var options = ImportOptions()
        options.scope = order.scope
        options.filters = order.filters
        options.strict = order.isStrict
        options.history = order.isHistory
        options.leaseMilliseconds = context.lifetime
        let reports = try await Importer(store: context.store).run(
            source: source, origin: order.source, options: options,
            claimer: QueuedScan(context: context, key: key)
        ) { progress in
            guard let base else {
                if progress.publishing { context.report(900, "publishing") }
                return
            }
            let share = Self.permille(progress, of: bytes)
            context.report(base + share * (900 - base) / 900, progress.publishing ? "publishing" : "reading")
        }
        guard !reports.isEmpty else {
            throw MartletError(.invalidInput, "The source has no finding of the account \(key).", place: order.source)
        }
    }

    /// What the attempt wrote; nobody has seen it.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {
        let account = job.lease.account
        // With an account that is being removed everything goes.
        guard try Accounts.key(of: account, connection) != nil else { return }
        let counters = try Accounts.counters(account, connection)
        guard counters.generation > counters.published else { return }
        try Generations.undo(account, after: counters.published, connection)
    }

    private func account(of context: JobContext) async throws -> AccountKey {
        let account = context.job.lease.account
        let key = try await context.store.database.readRetrying { try Accounts.key(of: account, $0) }
        guard let key else { throw MartletError(.notFound, "The account of the scan has been removed.") }
        return key
    }

    /// Publishing is the last tenth. Without a size reading counts as half of it.
    private static func permille(_ progress: ImportProgress, of bytes: Int?) -> Int {
        if progress.publishing { return 900 }
        guard let bytes, bytes > 0 else { return progress.findings > 0 ? 450 : 0 }
        return min(progress.bytesRead, bytes) * 900 / bytes
    }
}
