import MartletCore
import MartletStore

/// What may differ between statements about one finding, and how several statements become one.
struct FindingValue: Sendable, Hashable {
    var status: Status
    var severity: Severity
    var muted: Bool
    var detail: String
    /// The earliest time any statement gives.
    var firstSeenAt: Timestamp
    /// Since when the finding has been FAIL as far as this scan says; nil when it isn't FAIL.
    var failingSince: Timestamp?
    var observedAt: Timestamp

    init(_ observation: FindingObservation) {
        status = observation.status
        severity = observation.severity
        muted = observation.muted
        detail = observation.detail
        firstSeenAt = observation.firstSeenAt ?? observation.observedAt
        failingSince = observation.status == .fail ? observation.failingSince ?? observation.observedAt : nil
        observedAt = observation.observedAt
    }

    init(_ stored: FindingContent, failingSince: Timestamp?) {
        status = stored.status
        severity = stored.severity
        muted = stored.muted
        detail = stored.detail
        firstSeenAt = stored.firstSeenAt
        self.failingSince = failingSince
        observedAt = stored.observedAt
    }

    /// What a stored version says, said again at a time.
    init(_ stored: FindingContent, statedAt time: Timestamp) {
        self.init(stored, failingSince: stored.status == .fail ? time : nil)
        firstSeenAt = time
        observedAt = time
    }

    /// FAIL before MANUAL before PASS, then the smaller detail (design.md, section 2); then the higher severity and the
    /// unmuted statement, so that the order is total and a merge depends on nothing but the set of statements.
    static func precedes(_ left: FindingValue, _ right: FindingValue) -> Bool {
        if left.status != right.status { return left.status < right.status }
        if !left.detail.utf8.elementsEqual(right.detail.utf8) {
            return left.detail.utf8.lexicographicallyPrecedes(right.detail.utf8)
        }
        if left.severity != right.severity { return left.severity > right.severity }
        return !left.muted && right.muted
    }

    /// The one value of two statements.
    static func merge(_ left: FindingValue, _ right: FindingValue) -> FindingValue {
        var merged = precedes(right, left) ? right : left
        merged.firstSeenAt = min(left.firstSeenAt, right.firstSeenAt)
        // Of statements that say the same the earliest counts.
        if !precedes(left, right), !precedes(right, left) {
            merged.observedAt = min(left.observedAt, right.observedAt)
            merged.failingSince = [left.failingSince, right.failingSince].compactMap { $0 }.min()
        }
        return merged
    }

    /// The hash by which "unchanged" is one comparison: status, severity, the source's mute, detail.
    func content(_ hasher: inout ContentHasher) -> ContentHash {
        hasher.add(status.rawValue)
        hasher.add(severity.rawValue)
        hasher.add(muted ? 1 : 0)
        hasher.add(detail)
        return hasher.finish()
    }
}
