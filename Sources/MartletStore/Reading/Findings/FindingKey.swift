import MartletCore

/// What the rows of `findings` alone tell of a finding: enough to place it and to decide what numbers decide.
struct FindingKey {
    /// The number of the version's row.
    var id: Int64
    var position: FindingPosition
    var openedIn: Int64
    var source: Int64
    var check: Int64
    var regions: Int64
    var resource: Int64
    /// Muted by its source; a mute's rules are not known here.
    var isMuted: Bool
    var delta: Int64
    var transition: Int64
    /// When the version was first observed, in milliseconds.
    var observedAt: Int64

    /// What ``init(_:)`` reads, of `findings f`.
    static let columns = """
        f.id, f.status, f.severity, f.account, f.fingerprint, f.opened_in, f.source, f.check_id, f.regions, f.resource,
        f.muted, f.delta, f.transition, f.observed_at
        """

    init(_ row: any Row) {
        id = row.int(0)
        position = FindingPosition(
            status: Status(rawValue: Int(row.int(1))) ?? .manual,
            severity: Severity(rawValue: Int(row.int(2))) ?? .informational, account: row.int(3),
            fingerprint: row.hash(4))
        openedIn = row.int(5)
        source = row.int(6)
        check = row.int(7)
        regions = row.int(8)
        resource = row.int(9)
        isMuted = row.int(10) != 0
        delta = row.int(11)
        transition = row.int(12)
        observedAt = row.int(13)
    }
}
