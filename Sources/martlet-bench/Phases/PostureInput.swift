import MartletCore
import MartletPolicy
import MartletStore

/// What the evaluation of a benchmark's account starts from.
struct PostureInput: Sendable {
    let tallies: AccountTallies
    let compiled: [(number: Int64, framework: CompiledFramework)]

    /// Reads the tallies and compiles the frameworks that cover the account.
    init(
        _ account: PublishedAccount, frameworks: [(number: Int64, framework: Framework)],
        _ connection: any Connection
    ) throws {
        let groups = try Tallies.groups(account.id, generation: account.published, current: true, connection)
        let tallies = try AccountTallies.read(account.id, generation: account.published, groups: groups, connection)
        let compiler = FrameworkCompiler(provider: account.key.provider, checks: tallies.indexOfCheck, config: nil)
        compiled = frameworks.filter { $0.framework.covers(account.key.provider) }
            .map { ($0.number, compiler.compile($0.framework)) }
        self.tallies = tallies
    }

    /// The account of a benchmark's store.
    static func account(of store: Store) async throws -> PublishedAccount {
        let tenant = store.tenant
        let accounts = try await store.database.read { try Accounts.published(tenant: tenant, $0) }
        guard let account = accounts.first else { throw MartletError(.notFound, "nothing is published in the store") }
        return account
    }

    /// The active frameworks of a store, parsed.
    static func frameworks(of store: Store) async throws -> [(number: Int64, framework: Framework)] {
        let tenant = store.tenant
        return try await store.database.read { connection in
            try FrameworkRecords.active(tenant: tenant, connection).compactMap { number in
                try FrameworkRecords.load(number, tenant: tenant, connection).map { (number, $0) }
            }
        }
    }
}
