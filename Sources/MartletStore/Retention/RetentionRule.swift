import MartletCore

/// How much of its past a tenant keeps. A scan is kept where either part says so; without any part all are.
public struct RetentionRule: Sendable, Hashable {
    /// The newest published scans of each account that are kept, from 1; nil when their number decides nothing.
    public var keepScans: Int64?
    /// Scans are kept for so many days of 24 hours after they were published, from 1; nil when age decides nothing.
    public var keepDays: Int64?

    /// The largest number of scans or days that a rule can name.
    public static let maximum: Int64 = 1_000_000

    /// Makes a rule; ``validate()`` tells whether its numbers are in range.
    public init(keepScans: Int64? = nil, keepDays: Int64? = nil) {
        self.keepScans = keepScans
        self.keepDays = keepDays
    }

    /// Nothing is ever pruned.
    public var keepsEverything: Bool { keepScans == nil && keepDays == nil }

    /// Throws ``MartletError`` (`usage`) when a number is not in 1 … ``maximum``.
    public func validate() throws {
        for (name, number) in [("--scans", keepScans), ("--days", keepDays)] {
            guard let number, !(1...Self.maximum).contains(number) else { continue }
            throw MartletError(.usage, "A retention rule takes numbers from 1 to \(Self.maximum).", place: name)
        }
    }

    /// The generation of the oldest scan that is kept, so the horizon that follows; nil when the rule keeps everything
    /// or there is no scan.
    ///
    /// - Parameters:
    ///   - scans: Published scans, newest generation first. The first is kept whatever the rule says.
    ///   - now: The moment from which the days are counted back.
    public func horizon(of scans: some Sequence<PublishedScan>, at now: Timestamp) -> Int64? {
        guard !keepsEverything else { return nil }
        // Numbers beyond `maximum` can come only from a store that was written to by hand.
        let (age, overflow) = (keepDays ?? 0).multipliedReportingOverflow(by: 86_400_000)
        let (oldest, underflow) = now.milliseconds.subtractingReportingOverflow(overflow ? .max : age)
        let start = underflow ? Int64.min : oldest
        var horizon: Int64?
        for (index, scan) in scans.enumerated() {
            let isCounted = keepScans.map { index < $0 } ?? false
            let isYoung = keepDays != nil && scan.publishedAt.milliseconds >= start
            if index == 0 || isCounted || isYoung { horizon = scan.generation }
        }
        return horizon
    }
}
