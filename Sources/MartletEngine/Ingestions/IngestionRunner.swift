import MartletCore
import MartletStore

/// Looks through an uploaded file, and asks for a scan of each account that it speaks of.
///
/// A file is looked through as a whole before anything is asked for; the scans, their rows and the end of the job are one
/// transaction. So it is done once, whatever dies on the way.
public struct IngestionRunner: JobRunner {
    private let open: ExternalScans.Opener

    /// Accounts that one file may speak of.
    static let maximumAccounts = 1_000

    /// - Parameter open: Opens a file of findings.
    public init(open: @escaping ExternalScans.Opener) { self.open = open }

    /// Looks through the file of the job.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let payload = try JSONValue.parse(context.job.payload, limit: JobRequest.maximumPayload)
        guard let id = payload["ingestion"]?.stringValue,
            let scope = payload["scope"]?.stringValue.flatMap(ImportScope.init(rawValue:))
        else { throw MartletError(.usage, "The job does not say which upload to take in.") }
        let tenant = context.store.tenant
        try await context.store.database.write { connection in
            try context.announce(connection)
            try Ingestions.prune(tenant: tenant, connection)
            try context.prove(connection)
        }
        let found = try await lookThrough(id, name: payload["name"]?.stringValue ?? id, context)
        var order = ScanOrder(source: "upload:\(id)")
        order.scope = scope
        let fixed = order
        try await context.store.database.write { connection in
            try context.announce(connection)
            for (key, description) in found.accounts.sorted(by: { $0.key < $1.key }) {
                let account = try Accounts.account(key, tenant: tenant, connection)
                try Accounts.describe(account, description, connection)
                let terms = ScanQueue.Terms(uniqueKey: "ingestion:\(id):\(account.account)")
                let scan = try ScanQueue.enqueue(fixed, of: account, terms: terms, connection)
                try Ingestions.addScan(scan, of: account, to: id, connection)
            }
            try Ingestions.setCounts(
                total: found.total, invalid: found.invalid, of: id, tenant: tenant, connection)
            try context.complete(connection)
        }
        return .completed
    }

    /// Nothing: what is asked for is asked for as a whole.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}

    private struct Found: Sendable {
        var accounts: [AccountKey: AccountDescription] = [:]
        var total: Int64 = 0
        var invalid: Int64 = 0
    }

    private func lookThrough(_ id: String, name: String, _ context: JobContext) async throws -> Found {
        context.report(0, "copying")
        let spool = try await UploadSpool(id, store: context.store)
        // The source opens the file when it first reads, and the spool removes it with its own end.
        defer { withExtendedLifetime(spool) {} }
        let (source, bytes) = try open(spool.path, name)
        var found = Found()
        while let batch = try await source.next() {
            found.total += Int64(batch.findings.count + batch.rejections.count)
            found.invalid += Int64(batch.rejections.count)
            for finding in batch.findings where found.accounts[finding.account] == nil {
                found.accounts[finding.account] = AccountDescription()
            }
            for (key, description) in batch.accounts { found.accounts[key] = description }
            guard found.accounts.count <= Self.maximumAccounts else {
                throw MartletError(.usage, "The file speaks of more than \(Self.maximumAccounts) accounts; divide it.")
            }
            if let bytes, bytes > 0 { context.report(min(batch.bytesRead, bytes) * 900 / bytes, "looking through") }
        }
        guard !found.accounts.isEmpty else {
            throw MartletError(.invalidInput, "The file has no finding that can be used.", place: name)
        }
        return found
    }
}
