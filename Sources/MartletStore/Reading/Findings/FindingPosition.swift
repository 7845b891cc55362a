import MartletCore

/// A finding's place in every listing: FAIL first, then the worst severity, the account's number, the fingerprint.
struct FindingPosition: Hashable, Comparable {
    var status: Status
    var severity: Severity
    /// The account's number in its tenant.
    var account: Int64
    var fingerprint: ContentHash

    static func < (left: FindingPosition, right: FindingPosition) -> Bool {
        if left.status != right.status { return left.status < right.status }
        if left.severity != right.severity { return left.severity > right.severity }
        if left.account != right.account { return left.account < right.account }
        return left.fingerprint < right.fingerprint
    }
}

extension ContentHash {
    /// The first hash of all.
    static let first = ContentHash(high: 0, low: 0)
    /// The last hash of all.
    static let last = ContentHash(high: .max, low: .max)

    /// The next hash; nil after the last.
    var successor: ContentHash? {
        if low < .max { return ContentHash(high: high, low: low + 1) }
        return high < .max ? ContentHash(high: high + 1, low: 0) : nil
    }
}
