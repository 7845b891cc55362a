/// What a transaction of the queue does, told by its statements.
enum QueueOperation: String, CaseIterable, Sendable {
    case claim, renew, ingest, publish, complete, rescue, mute, reevaluate, progress, fail

    /// Words of statements that only this one has, all of them; and words that it must not have.
    private var words: (all: [String], none: [String]) {
        switch self {
        case .claim: (["leases (tenant", "j.state = 'queued' AND j.run_at <= "], [])
        case .renew: (["leases", "j.cancel_requested_at IS NOT NULL"], ["state = 'queued'"])
        case .ingest: (["INSERT INTO findings"], [])
        case .publish: (["UPDATE accounts SET published"], [])
        case .complete: (["UPDATE jobs SET progress = #, progress_text = NULL, state"], [])
        case .rescue: (["SELECT # FROM jobs j WHERE j.tenant = $# AND j.id = $#", "DELETE FROM leases"], [])
        case .mute: (["INSERT INTO mutes"], [])
        case .reevaluate: (["SELECT pending"], ["UPDATE accounts SET published"])
        case .progress: (["progress_attempt"], [])
        case .fail:
            (["UPDATE jobs SET state", "UPDATE fences SET token"], ["UPDATE jobs j SET state", "jobs j WHERE"])
        }
    }

    /// Whether a transaction with these statements is one.
    func matches(_ transaction: [Boundary]) -> Bool {
        let text = transaction.map(\.text).joined(separator: "\n")
        return words.all.allSatisfy(text.contains) && !words.none.contains(where: text.contains)
    }
}
