import MartletCore

/// Keys that were read before and are in order, a bounded number of them.
final class ArrayKeys: FindingKeys {
    private let keys: [FindingKey]
    private var place = 0
    private let end: FindingPosition?
    let decidesStates: Bool

    /// - Parameter end: Keys behind this position were not read, so that there may be more; nil where these are all.
    init(_ keys: [FindingKey], decidesStates: Bool = false, end: FindingPosition? = nil) {
        self.keys = keys
        self.decidesStates = decidesStates
        self.end = end
    }

    var wasCut: Bool { end != nil }

    func next(_ count: Int) throws -> [FindingKey]? {
        guard place < keys.count else { return nil }
        let end = min(keys.count, place + max(count, 1))
        defer { place = end }
        return Array(keys[place..<end])
    }

    var position: FindingPosition? {
        if place >= keys.count, let end { return end }
        return place > 0 ? keys[place - 1].position : nil
    }

    func close() {}
}

extension FindingOrder {
    /// Whether `left` stands before `right`. Pure.
    ///
    /// - Parameters:
    ///   - rank: The place of each check's number in the order of the checks' ids.
    ///   - observed: When the scan that is read looked, by account.
    func precedes(
        _ left: FindingKey, _ right: FindingKey, rank: [Int64: Int], observed: [Int64: Timestamp]
    ) -> Bool {
        for term in terms {
            let order: (Int64, Int64) =
                switch term.key {
                case .status: (Int64(left.position.status.rawValue), Int64(right.position.status.rawValue))
                // Critical first.
                case .severity: (Int64(right.position.severity.rawValue), Int64(left.position.severity.rawValue))
                case .check: (Int64(rank[left.check] ?? 0), Int64(rank[right.check] ?? 0))
                case .observed:
                    (
                        observed[left.position.account]?.milliseconds ?? 0,
                        observed[right.position.account]?.milliseconds ?? 0
                    )
                case .updated: (left.observedAt, right.observedAt)
                }
            if order.0 != order.1 { return (order.0 < order.1) != term.isReversed }
        }
        return left.position < right.position
    }
}
