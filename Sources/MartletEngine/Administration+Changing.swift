import MartletCore
import MartletPolicy
import MartletStore

extension Administration {
    /// The accounts whose postures a change may change.
    enum Concerned: Sendable {
        case all
        case providers([String])
        case uids(Set<String>)

        /// Those that rules may mute something of.
        static func accounts(of rules: [MuteRule]) -> Concerned {
            guard rules.allSatisfy({ !$0.accounts.isEmpty && !$0.accounts.contains("*") }) else { return .all }
            return .uids(Set(rules.flatMap(\.accounts)))
        }
    }

    /// Makes a change and marks the postures that it concerns, in one transaction, and sees to it that they come to show
    /// it: at once, or by a job that is asked for in the same transaction.
    ///
    /// - Parameter lock: Taken before anything; the first of the hooks runs right behind it.
    func change<Result: Sendable>(
        _ mode: Reevaluation.Mode, _ lock: EditLock, _ hooks: ChangeHooks = .none,
        _ body: @escaping @Sendable (any Connection) throws -> (result: Result, concerned: Concerned)
    ) async throws -> (changed: Result, reevaluation: Reevaluation) {
        let tenant = store.tenant
        let (result, job) = try await store.database.write { connection -> (Result, String?) in
            try lock.take(tenant: tenant, connection)
            try hooks.before(connection)
            let (result, concerned) = try body(connection)
            if mode == .byWorker { try PostureRecords.lockPending(tenant: tenant, connection) }
            switch concerned {
            case .all: try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
            case .providers(let names): try PostureRecords.markPending(tenant: tenant, providers: names, connection)
            case .uids(let uids): try PostureRecords.markPending(tenant: tenant, uids: uids, connection)
            }
            try hooks.after(connection)
            guard mode == .byWorker,
                try PostureRecords.pendingCount(tenant: tenant, connection) > Self.accountsAtOnce
            else { return (result, nil) }
            return (result, try Upkeep.job(of: .reevaluation, tenant: tenant, connection).id)
        }
        if let job { return (result, .queued(job: job)) }
        try await finishPending()
        return (result, .done)
    }
}
