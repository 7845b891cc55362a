import MartletCore

/// What a security score is computed from: counts, which add up over accounts.
public struct ScoreTally: Sendable, Hashable {
    /// Unmuted findings that passed and failed.
    public struct Outcome: Sendable, Hashable {
        /// PASS.
        public var passed: Int64 = 0
        /// FAIL.
        public var failed: Int64 = 0

        /// None.
        public init(passed: Int64 = 0, failed: Int64 = 0) {
            self.passed = passed
            self.failed = failed
        }

        /// The part that passed, 0 to 1; nil where there is none.
        public var rate: Double? {
            passed + failed > 0 ? Double(passed) / (Double(passed) + Double(failed)) : nil
        }
    }

    /// Accounts of which a scan is published.
    public var published: Int64 = 0
    /// By severity; MANUAL and muted findings are in none.
    public var outcomes: [Severity: Outcome] = [:]
    /// Checks that were to look at something, each account and source by itself.
    public private(set) var checks: Int64 = 0
    /// Of these, those that could not look everywhere they should.
    public private(set) var blind: Int64 = 0
    /// The sum, over ``checks``, of the part of their regions that they looked at.
    public private(set) var looked: Double = 0

    /// Nothing.
    public init() {}

    /// Takes in what became of one check in its regions. Regions without resources say nothing, so a check that has no
    /// others does not count.
    ///
    /// - Parameters:
    ///   - evaluated: Regions where it looked at something.
    ///   - blind: Regions where it was denied, went wrong, was skipped or is not supported.
    public mutating func addCheck(evaluated: Int64, blind: Int64) {
        guard evaluated + blind > 0 else { return }
        checks += 1
        if blind > 0 { self.blind += 1 }
        looked += Double(evaluated) / Double(evaluated + blind)
    }

    /// Takes in the tally of another account.
    public mutating func add(_ other: ScoreTally) {
        published += other.published
        for (severity, outcome) in other.outcomes {
            outcomes[severity, default: Outcome()].passed += outcome.passed
            outcomes[severity, default: Outcome()].failed += outcome.failed
        }
        checks += other.checks
        blind += other.blind
        looked += other.looked
    }
}
