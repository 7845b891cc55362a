import MartletCore
import MartletGenerator
import MartletStore

/// The accounts of a chaos run and the files that are scanned: several for each account, all of one moment, so that any may
/// follow any other.
struct ChaosEstate: Sendable {
    /// What a file says.
    struct File: Sendable {
        var path: String
        var findings: Int
        /// Those that are not muted.
        var fails: Int
    }

    /// By the id of the account.
    let files: [String: [File]]
    var accounts: [String] { files.keys.sorted() }

    private static let versions = 3

    /// Writes the files.
    init(accounts: Int, findings: Int, seed: UInt64, in folder: WorkFolder) throws {
        var files: [String: [File]] = [:]
        for number in 1...accounts {
            let account = String(100_000_000_000 + number)
            for version in 1...Self.versions {
                let estate = try BenchmarkEstate(
                    findings: findings, seed: seed &+ UInt64(number * 10 + version), tagsPerResource: 1,
                    account: account)
                let path = folder.file("\(account)-\(version).ndjson")
                let file = try OutputFile(path: path)
                let totals = try estate.write { try file.write($0) }
                try file.close()
                files[account, default: []].append(
                    File(path: path, findings: totals.findings, fails: totals.fails - totals.mutedFails))
            }
        }
        self.files = files
    }

    /// Makes the accounts known.
    func register(in store: Store) async throws {
        guard let provider = Provider(name: "aws") else { return }
        let (accounts, tenant) = (accounts, store.tenant)
        try await store.database.write { connection in
            for account in accounts {
                _ = try Accounts.account(
                    AccountKey(provider: provider, uid: account), tenant: tenant, connection)
            }
        }
    }

    /// The file of a scan's origin.
    func file(of origin: String, account: String) -> File? { files[account]?.first { "file:" + $0.path == origin } }
}
