/// What a chaos run has shown.
struct ChaosReport: Sendable {
    /// What was done to workers and database.
    var events: [String: Int] = [:]
    /// Leases lost, over all scans.
    var losses = 0
    /// Scans that were published.
    var published = 0
    /// Scans that had failed too often under faults and were published after `retry`.
    var retried = 0
    /// From a worker's end or stop to the start of its scan's next attempt, in milliseconds.
    var takeovers: [Int64] = []
    /// From the return of the database to the next claim, in milliseconds.
    var recoveries: [Int64] = []
    /// What must not be.
    var violations: [String] = []
    /// What was seen of scans whose next attempt started later than ``limit``.
    var slow: [String] = []

    /// The longest pause that is allowed, in milliseconds.
    static let limit = 10_000.0

    /// As numbers for output.
    var figures: Figures {
        var figures = Figures()
        for (name, count) in events { figures[name] = Double(count) }
        figures["losses"] = Double(losses)
        figures["published"] = Double(published)
        figures["retried"] = Double(retried)
        for (name, pauses) in [("takeover", takeovers), ("recovery", recoveries)] {
            let sorted = pauses.sorted().map(Double.init)
            figures[name + "_samples"] = Double(sorted.count)
            figures[name + "_p50_milliseconds"] = ReadPhase.percentile(50, of: sorted)
            figures[name + "_largest_milliseconds"] = sorted.last ?? 0
        }
        figures["violations"] = Double(violations.count)
        return figures
    }

    /// What was promised.
    var targets: [Target] {
        let figures = figures
        return [
            Target(name: "violations", value: figures["violations"], limit: 0, kind: .atMost),
            Target(
                name: "start of the next attempt after a worker's end, largest in ms",
                value: figures["takeover_largest_milliseconds"], limit: Self.limit, kind: .atMost),
            Target(
                name: "next claim after the database's return, largest in ms",
                value: figures["recovery_largest_milliseconds"], limit: Self.limit, kind: .atMost),
        ]
    }
}
