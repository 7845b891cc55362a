/// What a list of findings is ordered by.
///
/// Without terms, and behind them, findings stand by status (FAIL first), severity (worst first), account and fingerprint.
/// Orders by status and severity alone are read from an index; the others are sorted in memory, which needs a list of at
/// most ``FindingCount/limit`` findings.
public struct FindingOrder: Sendable, Hashable {
    /// What findings may be ordered by.
    public enum Key: Sendable, Hashable {
        /// FAIL, MANUAL, PASS.
        case status
        /// Critical first.
        case severity
        /// The check's id.
        case check
        /// When the scan that is read looked.
        case observed
        /// When the version that is shown was first observed.
        case updated
    }

    /// A key, and whether it goes the other way round.
    public struct Term: Sendable, Hashable {
        /// What to order by.
        public var key: Key
        /// The other way round.
        public var isReversed: Bool

        /// One term of an order.
        public init(_ key: Key, isReversed: Bool = false) {
            self.key = key
            self.isReversed = isReversed
        }
    }

    /// The most important first.
    public var terms: [Term]

    /// An order by these, otherwise as the index has it.
    public init(_ terms: [Term] = []) { self.terms = terms }

    /// An index has this order.
    var isIndexed: Bool { terms.allSatisfy { $0.key == .status || $0.key == .severity } }

    /// It is the order of the index itself, also of past scans.
    var isNatural: Bool {
        let natural = [Term(.status), Term(.severity)]
        return terms.isEmpty || terms == natural || terms == [natural[0]]
    }
}
