import MartletCore
import MartletStore

/// Ends what still runs under leases that are over: a process that was stopped in the middle of a transaction keeps its
/// locks for as long as its connection lives, and in COPY no time limit of the server ends that.
struct Rescue: Sendable {
    let store: Store
    let worker: Worker

    /// Milliseconds between the expiry and the end of what is left: a holder that is merely late may finish.
    static let graceMilliseconds: Int64 = 1_000

    /// What is to be done about transactions under a lease.
    enum Action: Equatable, Sendable {
        /// The holder may work.
        case leave
        /// The lease is over; its last transaction may come to its end by itself.
        case wait
        /// The holder is dead, or too late.
        case end
    }

    static func action(on lease: Lease, seenFrom host: String, at now: Int64) -> Action {
        if lease.isHeld(seenFrom: host, at: now) { return .leave }
        let late = now - lease.expiresAt.milliseconds
        // Over before it expires: its process has ended.
        return late < 0 || late >= graceMilliseconds ? .end : .wait
    }

    /// Whether nothing works under the lease any more; ends it first where its time has come.
    func isOver(_ lease: Lease) async throws -> Bool {
        let host = worker.host
        return try await store.database.scoped(to: .owner).readRetrying { connection in
            let action = Self.action(on: lease, seenFrom: host, at: try connection.now())
            guard action != .leave else { return false }
            return try connection.work(under: lease.token, ends: action == .end) == 0
        }
    }

    /// The tenant's leases that are over.
    func abandoned() async throws -> [Lease] {
        let tenant = store.tenant
        let host = worker.host
        return try await store.database.readRetrying { connection in
            let now = try connection.now()
            return try Leases.ofImports(tenant: tenant, connection).filter { !$0.isHeld(seenFrom: host, at: now) }
        }
    }

    /// Ends what is left under all leases of the tenant that are over: it may hold locks that the work of other accounts
    /// waits for, such as those for new names.
    func sweep() async throws {
        for lease in try await abandoned() { _ = try await isOver(lease) }
    }
}
