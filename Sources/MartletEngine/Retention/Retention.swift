import MartletCore
import MartletStore

/// Keeps of a tenant's past what its rule says, and removes the rest.
///
/// First the horizon of an account moves, in a transaction of its own: from then on nobody can read what lies before it.
/// Then the rows go, a bounded number a transaction. Whatever ends the work in between, what can be read stays the
/// same, and the next run goes on.
public struct Retention: Sendable {
    /// Gives the time from which days are counted back.
    public typealias Clock = @Sendable (any Connection) throws -> Timestamp

    let store: Store
    let batchSize: Int
    private let clock: Clock
    private let worker = Worker.current()

    /// Rows of a transaction: some tens of milliseconds.
    public static let defaultBatchSize = 2_000

    /// - Parameters:
    ///   - store: Only its tenant is concerned.
    ///   - batchSize: Rows that one transaction removes at the most, from 1.
    ///   - clock: The database's clock, unless a test has another one.
    public init(
        store: Store, batchSize: Int = Retention.defaultBatchSize,
        clock: @escaping Clock = { Timestamp(milliseconds: try $0.now()) }
    ) {
        self.store = store
        self.batchSize = batchSize
        self.clock = clock
    }

    /// Makes a rule the tenant's. It takes effect with the next run, or the next import of each account. Throws
    /// ``MartletError`` (`usage`) for numbers out of range.
    public func setRule(_ rule: RetentionRule, hooks: ChangeHooks = .none) async throws {
        try await changeRule(hooks: hooks) { $0 = rule }
    }

    /// Changes the tenant's rule, of which only some may be said anew.
    public func changeRule(
        hooks: ChangeHooks = .none, _ change: @escaping @Sendable (inout RetentionRule) -> Void
    ) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            try EditLock.retention.take(tenant: tenant, connection)
            try hooks.before(connection)
            var rule = try RetentionRecords.rule(tenant: tenant, connection)
            change(&rule)
            try rule.validate()
            try RetentionRecords.setRule(rule, tenant: tenant, connection)
            try hooks.after(connection)
        }
    }

    /// What ``run()`` would do now; changes nothing.
    public func plan() async throws -> RetentionReport {
        let tenant = store.tenant
        let clock = clock
        return try await store.database.read { connection in
            let rule = try RetentionRecords.rule(tenant: tenant, connection)
            let now = try clock(connection)
            var report = RetentionReport()
            for account in try RetentionRecords.accounts(tenant: tenant, connection) {
                var part = try Self.part(account, rule: rule, at: now, connection)
                let horizon = part.forgotten > 0 ? part.oldest?.generation ?? account.horizon : account.horizon
                part.state = .planned
                for table in PrunableTable.allCases {
                    let count = try Pruning.count(of: table, account.id, before: horizon, connection)
                    if count > 0 { part.removed[table] = count }
                }
                report.accounts.append(part)
            }
            return report
        }
    }

    /// Moves the horizons of all accounts and removes everything before them, then what nothing names any more. An
    /// account that is being scanned is left alone.
    ///
    /// - Throws: ``MartletError`` of the database. What was done until then is done, also when the task is cancelled.
    public func run() async throws -> RetentionReport {
        let tenant = store.tenant
        var report = RetentionReport()
        for account in try await store.database.read({ try RetentionRecords.accounts(tenant: tenant, $0) }) {
            report.accounts.append(try await prune(account, budget: .max))
        }
        report.checkTexts = try await removeUnreferenced(.checkTexts)
        report.frameworks = try await removeUnreferenced(.frameworks)
        return report
    }

    /// Moves an account's horizon and removes at most `budget` rows before it.
    func prune(_ account: PrunedAccount, budget: Int) async throws -> RetentionReport.Account {
        var part = try await moveHorizon(account)
        guard part.state != .busy else { return part }
        var steps = PruneSteps(batchSize: batchSize, budget: budget)
        while true {
            switch Task.isCancelled ? .stop : steps.next {
            case .remove(let table, let limit):
                let rows = try await unlessBusy(account.id) { connection, horizon in
                    try Pruning.removeBatch(of: table, account.id, before: horizon, limit: limit, connection)
                }
                if let rows { steps.removed(rows, of: table, limit: limit) } else { part.state = .busy }
            case .finish:
                let left = try await unlessBusy(account.id) { connection, horizon in
                    try Self.finish(account.id, horizon: horizon, connection)
                }
                if let left, !left.isEmpty {
                    steps.found(left: left)
                    continue
                }
                part.state = left == nil ? .busy : .done
                part.removed = steps.removed
                return part
            case .stop: part.state = .partial
            }
            if part.state == .busy || part.state == .partial {
                part.removed = steps.removed
                return part
            }
        }
    }

    /// The first step: from its commit on, readers refuse what lies before the horizon.
    private func moveHorizon(_ account: PrunedAccount) async throws -> RetentionReport.Account {
        let clock = clock
        let worker = worker
        return try await store.database.write { connection in
            try connection.lock(.account(account.id))
            let rule = try RetentionRecords.rule(tenant: account.id.tenant, connection)
            var part = try Self.part(account, rule: rule, at: try clock(connection), connection)
            if try Self.isBusy(account.id, seenFrom: worker.host, connection) {
                part.state = .busy
                part.readable += part.forgotten
                part.forgotten = 0
            } else if let oldest = part.oldest, part.forgotten > 0 {
                _ = try RetentionRecords.moveHorizon(account.id, to: oldest.generation, connection)
            }
            return part
        }
    }

    /// Runs a transaction with the account's horizon; nil when someone works on the account.
    private func unlessBusy<Result: Sendable>(
        _ account: AccountID, _ body: @escaping @Sendable (any Connection, Int64) throws -> Result
    ) async throws -> Result? {
        let worker = worker
        return try await store.database.write { connection in
            // A claim takes the same lock: nobody begins to scan meanwhile, and no other process prunes.
            try connection.lock(.account(account))
            guard try !Self.isBusy(account, seenFrom: worker.host, connection) else { return nil }
            return try body(connection, try RetentionRecords.horizon(account, connection))
        }
    }

    private static func isBusy(
        _ account: AccountID, seenFrom host: String, _ connection: any Connection
    ) throws -> Bool {
        guard let lease = try Leases.current(account, connection) else { return false }
        return lease.isHeld(seenFrom: host, at: try connection.now())
    }

    /// Remembers that an account is done; gives the tables that are not.
    private static func finish(
        _ account: AccountID, horizon: Int64, _ connection: any Connection
    ) throws -> [PrunableTable] {
        let left = try PrunableTable.allCases.filter {
            try !Pruning.isDone($0, account, before: horizon, connection)
        }
        if left.isEmpty { try RetentionRecords.setPruned(account, upTo: horizon, connection) }
        return left
    }

    /// What a rule means for an account, before anything is removed.
    private static func part(
        _ account: PrunedAccount, rule: RetentionRule, at now: Timestamp, _ connection: any Connection
    ) throws -> RetentionReport.Account {
        let scans = try RetentionRecords.publishedScans(account.id, from: account.horizon, connection)
        let horizon = max(rule.horizon(of: scans, at: now) ?? 0, account.horizon)
        let kept = scans.prefix { $0.generation >= horizon }
        return RetentionReport.Account(
            account: account.key, state: .done, oldest: kept.last, readable: kept.count,
            forgotten: scans.count - kept.count)
    }
}
