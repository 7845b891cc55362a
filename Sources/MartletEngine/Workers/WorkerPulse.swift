/// Whether the loops of a pool still go round: pure. Times are milliseconds of the monotonic clock.
struct WorkerPulse {
    /// The loops without which a worker is of no use.
    enum Loop: Hashable, CaseIterable {
        case claim, renew

        /// How long a round may take. A claim waits for the database, which gives up by itself within a minute; renewing
        /// waits for nothing.
        var longestRound: Int64 {
            switch self {
            case .claim: 120_000
            case .renew: 10_000
            }
        }
    }

    private(set) var beats: [Loop: Int64] = [:]

    /// A loop begins a round.
    mutating func beat(_ loop: Loop, at now: Int64) { beats[loop] = now }

    /// A loop has ended as it should.
    mutating func end(_ loop: Loop) { beats[loop] = nil }

    /// Whether no loop takes longer over its round than it may.
    func isAlive(at now: Int64) -> Bool { beats.allSatisfy { now - $0.value <= $0.key.longestRound } }
}
