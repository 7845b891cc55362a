/// A lock of a transaction, until its end.
struct RowLock: Hashable {
    enum Kind: UInt8 {
        /// The account's advisory lock: publishes, beginnings, changes of mutes.
        case account
        /// A job's row.
        case job
        /// A lease's row.
        case lease
        /// A proof: other proofs may pass.
        case fenceShare
        /// A claim, a rescue or the retirement of a token.
        case fenceAlone
    }

    var kind: Kind
    /// The number of the subject, or of the job.
    var index: Int

    func conflicts(with other: RowLock) -> Bool {
        guard index == other.index else { return false }
        switch (kind, other.kind) {
        case (.account, .account), (.job, .job), (.lease, .lease): return true
        case (.fenceAlone, .fenceAlone), (.fenceAlone, .fenceShare), (.fenceShare, .fenceAlone): return true
        default: return false
        }
    }
}
