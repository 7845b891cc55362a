import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A store with a random history of one account, to be pruned, and things that pruning must not touch: another account
/// and another tenant.
struct RetainedEstate {
    let test: TestStore
    /// The scans of the account, oldest first.
    private(set) var scans: [String] = []
    static let frameworks = ["house_aws", "score"]

    init(_ test: TestStore, seed: UInt64, scans count: Int) async throws {
        self.test = test
        try await EstateFrameworks.add(to: test)
        let estate = RandomEstate(seed: seed, scans: count)
        for (number, statements) in estate.scans.enumerated() {
            scans.append(try await test.run(statements, at: Int64(number) * 1_000).scan.id)
            try await change(number)
        }
        for store in [test.store, try await other()] {
            for (number, statements) in estate.scans.prefix(3).enumerated() {
                let source = MemorySource(statements, at: Int64(number), account: try Self.neighbour)
                _ = try await Importer(store: store).run(source: source, origin: "t", options: ImportOptions())
            }
        }
    }

    /// Mutes and frameworks change between scans, so that their tables have a past as well.
    private func change(_ number: Int) async throws {
        switch number % 4 {
        case 0: try await test.administration.addMute(MuteRule(id: "m\(number)", checks: ["c1"], reason: "\(number)"))
        case 2:
            let newer = EstateFrameworks.house.replacingOccurrences(of: "Two checks.", with: "Two checks \(number).")
            try await test.addFramework("house_aws", newer)
        case 3: try await test.administration.removeMute("m\(number - 3)")
        default: break
        }
    }

    static var neighbour: AccountKey {
        get throws { AccountKey(provider: try #require(Provider(name: "aws")), uid: "999") }
    }

    /// The other tenant of the same store.
    func other() async throws -> Store {
        try await Store.open(database: test.store.database, url: test.store.url, tenant: "other")
    }

    /// What can be read of these scans.
    func view(_ names: some Collection<String>) async throws -> HistoryView {
        try await HistoryView(names, frameworks: Self.frameworks, test.store)
    }

    /// Every row of accounts, scans and versions that is not of the pruned account.
    func untouched() async throws -> [String: [String]] {
        let key = try Statement.account
        let tenant = test.store.tenant
        return try await test.store.database.read { connection in
            let account = try #require(try Accounts.existingAccount(key, tenant: tenant, connection)).account
            var dump: [String: [String]] = [:]
            for table in PrunableTable.allCases.map(\.rawValue) + ["resource_tags", "scans", "accounts"] {
                guard table != PrunableTable.scanCoverage.rawValue else { continue }
                let column = table == "accounts" ? "id" : "account"
                let columns = try connection.columns(of: table)
                try connection.query(
                    """
                    SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE tenant <> $1 OR \(column) <> $2
                    """, [.int(tenant), .int(account)]
                ) { row in
                    dump[table, default: []].append(columns.indices.map { "\(row.value($0))" }.joined(separator: " "))
                }
                dump[table]?.sort()
            }
            return dump
        }
    }

    /// The account as retention finds it.
    func account() async throws -> PrunedAccount {
        let tenant = test.store.tenant
        let key = try Statement.account
        let all = try await test.store.database.read { try RetentionRecords.accounts(tenant: tenant, $0) }
        return try #require(all.first { $0.key == key })
    }

    /// Makes every scan look as if it had been published at the time its source looked.
    static func publishAtObservedTimes(_ store: Store) async throws {
        _ = try await store.database.write {
            try $0.execute("UPDATE scans SET finished_at = observed_at WHERE finished_at IS NOT NULL")
        }
    }
}
