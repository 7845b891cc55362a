import MartletCore
import MartletStore

/// Takes accounts for imports.
struct AccountClaimer: LaneClaimer {
    let store: Store
    let worker: Worker
    let options: ImportOptions

    var rescue: Rescue { Rescue(store: store, worker: worker) }
    var keeper: Rescue? { rescue }
    let isOfQueue = false

    /// Takes the account, waiting for another holder as long as the options say, then failing with the holder's name.
    func claim(_ key: AccountKey, source: String, origin: String) async throws -> AccountClaim? {
        let clock = ContinuousClock()
        let deadline = clock.now + .milliseconds(Int64(options.waitSeconds * 1000))
        var over: Int64?
        while true {
            switch try await attempt(key, source: source, origin: origin, over: over) {
            case .claimed(let claim): return claim
            case .held(let lease):
                if try await rescue.isOver(lease) {
                    over = lease.token
                    continue
                }
                guard clock.now < deadline else {
                    throw MartletError(
                        .conflict,
                        "The account \(key) is being scanned by \(lease.holder.name) on \(lease.holder.host) "
                            + "(scan \(lease.scan)); wait for it to finish, or raise --wait.")
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    func published(_ connection: any Connection) throws {}

    /// Milliseconds that a claim may pause between two statements.
    static let silenceMilliseconds = 5_000

    private enum Attempt: Sendable {
        case claimed(AccountClaim)
        /// Another's lease holds, or what worked under it may still hold locks.
        case held(Lease)
    }

    /// `over` is the token of a lease under which nothing works any more.
    private func attempt(
        _ key: AccountKey, source: String, origin: String, over: Int64?
    ) async throws -> Attempt {
        let options = options
        let worker = worker
        let tenant = store.tenant
        return try await store.database.write { connection in
            // Nothing of the new lease is to be seen before the end, so nobody could rescue this transaction.
            try connection.endWhenSilent(milliseconds: Self.silenceMilliseconds)
            // First, because it sends rows: the server waits for them without a limit.
            let number = try Names.numbers(of: [source], kind: .source, tenant: tenant, connection)[source] ?? 0
            let account = try Accounts.account(key, tenant: tenant, connection)
            // Before the lock, which a stopped holder may have.
            if let lease = try Leases.current(account, connection), lease.token != over { return .held(lease) }
            try connection.lock(.account(account))
            // The queue's claims lock nothing else.
            try Leases.lockFence(account, connection)
            let now = try connection.now()
            if let lease = try Leases.current(account, connection),
                lease.token != over || lease.isHeld(seenFrom: worker.host, at: now)
            {
                return .held(lease)
            }
            let scan = ScanID.make(at: Timestamp(milliseconds: now))
            let lease = try Leases.claim(
                account, scan: scan, worker: worker, lifetime: options.leaseMilliseconds, connection)
            try Scans.failAbandoned(account, except: scan, at: now, connection)
            let generation = try Generations.begin(account, connection)
            let counters = try Accounts.counters(account, connection)
            try Scans.queue(
                id: scan, account: account, origin: origin, scope: options.scope.rawValue,
                config: Self.section(of: options.config, for: key.provider)?.canonicalText, at: now, connection)
            try Scans.start(id: scan, lease: lease, generation: generation, at: now, connection)
            try options.claimed(scan, key, connection)
            return .claimed(
                AccountClaim(lease: lease, generation: generation, counters: counters, source: number))
        }
    }

    /// The part of a scanner's configuration that is about a provider: its section, or the whole when it has no sections.
    static func section(of config: JSONValue?, for provider: Provider) -> JSONValue? {
        guard let config else { return nil }
        if let section = config[provider.name] { return section }
        let sectioned = config.objectValue?.contains { Provider(name: $0.key) != nil } ?? false
        return sectioned ? .object([]) : config
    }
}
