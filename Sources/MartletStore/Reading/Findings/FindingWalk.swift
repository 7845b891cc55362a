import MartletCore

/// Which ranges of the index of current findings a listing reads, one after the other, in the listing's order.
///
/// Pure: whoever reads a range tells what it found, and gets the next one.
struct FindingWalk {
    /// Fingerprints from the first to the last, both included.
    typealias Range = ClosedRange<ContentHash>

    private var intervals: [FindingInterval] = []
    private var place = 0

    /// - Parameters:
    ///   - statuses: Those wanted; empty for all. Likewise severities.
    ///   - ranges: For each account that is wanted the fingerprints that may match, ascending; nil for everything of
    ///     all accounts.
    ///   - position: Where the last page ended.
    ///   - order: By status and severity only.
    init(
        statuses: Set<Status>, severities: Set<Severity>, ranges: [Int64: [Range]]?, after position: FindingPosition?,
        order: FindingOrder = FindingOrder()
    ) {
        var isBehind = position == nil
        for (status, severity) in Self.kinds(order) {
            // What comes before the position's own kind is done, what comes after it is whole.
            let isSame = position?.status == status && position?.severity == severity
            if isSame { isBehind = true }
            guard isBehind, statuses.isEmpty || statuses.contains(status),
                severities.isEmpty || severities.contains(severity)
            else { continue }
            let start = isSame ? position : nil
            guard let ranges else {
                add(
                    FindingInterval(
                        status: status, severity: severity, account: nil, firstAccount: 0, first: .first, last: .last),
                    after: start)
                continue
            }
            for (account, ranges) in ranges.sorted(by: { $0.key < $1.key }) {
                for range in ranges {
                    add(
                        FindingInterval(
                            status: status, severity: severity, account: account, firstAccount: account,
                            first: range.lowerBound, last: range.upperBound), after: start)
                }
            }
        }
    }

    private mutating func add(_ interval: FindingInterval, after position: FindingPosition?) {
        guard let position else { return intervals.append(interval) }
        if let rest = interval.rest(after: position) { intervals.append(rest) }
    }

    /// Every status with every severity, in an order.
    private static func kinds(_ order: FindingOrder) -> [(Status, Severity)] {
        let natural = Status.allCases.sorted().flatMap { status in
            Severity.allCases.sorted(by: >).map { (status, $0) }
        }
        guard !order.isNatural else { return natural }
        return natural.enumerated().sorted { left, right in
            for term in order.terms {
                let (first, second) =
                    term.key == .status
                    ? (left.element.0.rawValue, right.element.0.rawValue)
                    : (-left.element.1.rawValue, -right.element.1.rawValue)
                if first != second { return (first < second) != term.isReversed }
            }
            return left.offset < right.offset
        }.map(\.element)
    }

    /// What to read next; nil at the end of the list.
    var next: FindingInterval? { place < intervals.count ? intervals[place] : nil }

    /// Takes note of the keys that ``next`` gave.
    ///
    /// - Parameters:
    ///   - last: The last of them.
    ///   - isFull: There were as many as were asked for, so that there may be more.
    ///   - skipsAccount: Nothing of the last one's account is wanted.
    mutating func advance(last: FindingPosition?, isFull: Bool, skipsAccount: Bool = false) {
        guard isFull, var last, let interval = next else {
            place += 1
            return
        }
        if skipsAccount { last.fingerprint = .last }
        if let rest = interval.rest(after: last) { intervals[place] = rest } else { place += 1 }
    }
}
