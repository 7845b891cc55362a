import MartletCore

/// An open transaction: what it has locked, and what it will write with its commit.
struct Transaction: Hashable {
    let id: Int
    /// The number of the worker; -1 for users.
    let owner: Int
    let kind: TransactionKind
    let subject: Int
    let job: Int
    /// What it proves; of a rescue: what it takes away.
    let token: Int64
    /// Ghost: the claim it works under.
    let claim: Int
    /// Of the attempt; a beginning sets it.
    var generation: Int

    var step = 0
    var locks: [RowLock] = []
    /// The lock it waits for.
    var waits: RowLock?
    /// The lease's new expiry, by the proof.
    var expiry: Int64 = 0
    var mutes = 0
    var next: JobTransition?

    init(
        id: Int, owner: Int, kind: TransactionKind, subject: Int, job: Int, token: Int64, claim: Int, generation: Int
    ) {
        self.id = id
        self.owner = owner
        self.kind = kind
        self.subject = subject
        self.job = job
        self.token = token
        self.claim = claim
        self.generation = generation
    }

    /// It announced the token at its first statement, so that a rescue finds it.
    var isAnnounced: Bool { kind.isWork && (step > 0 || waits != nil) }
}
