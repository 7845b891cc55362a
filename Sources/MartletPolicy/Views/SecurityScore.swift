import MartletCore

/// How good a posture is, in one number from 0 to 100.
///
///     score = 100 × looked × Σ weight(s) × passed(s) / (passed(s) + failed(s))  ÷  Σ weight(s)
///
/// over the severities *s* of which anything passed or failed. `looked` is the part of the checks' regions that could be
/// looked at. So the number does not depend on how many resources there are, only on which part of them passes; a
/// critical FAIL counts, however many lesser findings pass; and a check that was denied, went wrong or was left out counts
/// as if nothing of it had passed. Where nothing was decided there is no score.
public struct SecurityScore: Sendable, Hashable {
    /// Whether there is a score, and why not.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// There is one.
        case scored
        /// No scan was ever published.
        case noScan = "no_scan"
        /// A scan was published, but nothing with a weight passed or failed.
        case notEvaluated = "not_evaluated"
    }

    /// Whether there is a score.
    public let state: State
    /// The score in tenths, 0 to 1000, rounded down: 1000 only where everything passed and was looked at. Nil without one.
    public let tenths: Int64?
    /// The part of what should have been looked at that was, in tenths of a percent, rounded down; nil where nobody knows.
    public let evaluatedTenths: Int64?
    /// What it was computed from.
    public let tally: ScoreTally

    /// The score, 0 to 100 with one decimal; nil without one.
    public var value: Double? { tenths.map { Double($0) / 10 } }

    /// The score in whole points, rounded down.
    public var points: Int64? { tenths.map { $0 / 10 } }

    /// Per cent of what should have been looked at; nil where nobody knows.
    public var evaluated: Double? { evaluatedTenths.map { Double($0) / 10 } }

    /// Computes the score of a tally.
    public init(_ tally: ScoreTally) {
        self.tally = tally
        let looked = tally.checks > 0 ? tally.looked / Double(tally.checks) : 1
        evaluatedTenths = tally.checks > 0 ? Self.tenths(looked, isWhole: tally.blind == 0) : nil
        var weights = 0.0
        var passed = 0.0
        var isWhole = tally.blind == 0
        for (severity, outcome) in tally.outcomes {
            let weight = Double(SeverityWeight.of(severity))
            guard weight > 0, let rate = outcome.rate else { continue }
            weights += weight
            passed += weight * rate
            if outcome.failed > 0 { isWhole = false }
        }
        guard tally.published > 0, weights > 0 else {
            state = tally.published > 0 ? .notEvaluated : .noScan
            tenths = nil
            return
        }
        state = .scored
        tenths = Self.tenths(looked * passed / weights, isWhole: isWhole)
    }

    /// Tenths of a percent of a part; less than all is never shown as all. What floating point leaves below a tenth that
    /// is meant is added again.
    private static func tenths(_ part: Double, isWhole: Bool) -> Int64 {
        isWhole ? Int64((part * 1000).rounded()) : min(999, max(0, Int64(part * 1000 + 1e-6)))
    }
}
