import MartletCore

/// The database: committed rows, and open transactions whose statements come one by one. Everything that production
/// decides by SQL is here; what it decides by machines is asked of ``Rules``.
struct DatabaseModel {
    let rules: Rules
    var subjects: [SubjectRow]
    var jobs: [JobRow] = []
    var open: [Transaction] = []
    var lastToken: Int64 = 0
    var lastClaim = 0
    private var lastTransaction = 0
    /// Of the pauses that the machine draws.
    var random: ScheduleRandom
    /// The first property that did not hold.
    var violation: Violation?

    init(rules: Rules, subjects: Int, seed: UInt64 = 0) {
        self.rules = rules
        self.subjects = Array(repeating: SubjectRow(), count: subjects)
        random = ScheduleRandom(seed: seed)
    }

    mutating func nextToken() -> Int64 {
        lastToken += 1
        return lastToken
    }

    /// Notes that a property does not hold; the first one counts.
    mutating func violate(_ property: Property, _ message: String) {
        if let watched = rules.watched, watched != property { return }
        if violation == nil { violation = Violation(property, message) }
    }

    // MARK: Transactions

    /// A transaction that has executed nothing yet. Gives its number.
    mutating func start(
        _ kind: TransactionKind, owner: Int, job: Int, subject: Int, token: Int64 = 0, claim: Int = 0,
        generation: Int = 0
    ) -> Int {
        lastTransaction += 1
        open.append(
            Transaction(
                id: lastTransaction, owner: owner, kind: kind, subject: subject, job: job, token: token, claim: claim,
                generation: generation))
        return lastTransaction
    }

    func index(of transaction: Int) -> Int? { open.firstIndex { $0.id == transaction } }

    /// Rolls back; nothing of it was written yet.
    mutating func abort(_ transaction: Int) {
        if let index = index(of: transaction) { open.remove(at: index) }
    }

    /// Whether a transaction may have a lock now.
    func isFree(_ lock: RowLock, for transaction: Int) -> Bool {
        for other in open where other.id != transaction {
            for held in other.locks where held.conflicts(with: lock) { return false }
        }
        return true
    }

    /// Takes a lock, or notes that the transaction waits for it.
    mutating func acquire(_ lock: RowLock, _ index: Int) -> Bool {
        guard isFree(lock, for: open[index].id) else {
            open[index].waits = lock
            return false
        }
        open[index].waits = nil
        if !open[index].locks.contains(lock) { open[index].locks.append(lock) }
        return true
    }

    /// Whether a transaction waits for itself, over others.
    func isInCircle(_ transaction: Int) -> Bool {
        var reached: [Int] = [transaction]
        var next = 0
        while next < reached.count {
            let id = reached[next]
            next += 1
            guard let index = index(of: id), let lock = open[index].waits else { continue }
            for other in open where other.id != id && other.locks.contains(where: { $0.conflicts(with: lock) }) {
                if other.id == transaction { return true }
                if !reached.contains(other.id) { reached.append(other.id) }
            }
        }
        return false
    }

    /// Whether work under a token is in the middle of a transaction.
    func hasWork(under token: Int64) -> Bool { open.contains { $0.isAnnounced && $0.token == token } }
}
