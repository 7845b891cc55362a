import MartletCore

/// The last version of a finding that was opened up to an earlier generation, as far as a comparison needs it.
struct EarlierVersion {
    /// The finding was there at the generation or before it.
    var wasKnown = false
    /// The version holds at the generation.
    var holds = false
    /// Its status.
    var status = Status.manual
    private var severity = Severity.informational
    private var isMuted = false
    private var everFailed = false
    private var detail = ""

    /// Asked with tenant, account, generation and fingerprint.
    static let query = """
        SELECT f.closed_in, f.status, f.severity, f.muted, f.ever_failed, f.detail, m.mute FROM findings f
        LEFT JOIN finding_mutes m ON m.tenant = $1 AND m.account = $2 AND m.fingerprint = f.fingerprint
            AND m.opened_in <= $3 AND (m.closed_in IS NULL OR m.closed_in > $3)
        WHERE f.tenant = $1 AND f.account = $2 AND f.fingerprint = $4 AND f.opened_in <= $3
        ORDER BY f.opened_in DESC LIMIT 1
        """

    /// A finding of which nothing is known.
    init() {}

    /// Reads a row of ``query``.
    init(_ row: any Row, generation: Int64) {
        wasKnown = true
        holds = row.optionalInt(0).map { $0 > generation } ?? true
        status = Status(rawValue: Int(row.int(1))) ?? .manual
        severity = Severity(rawValue: Int(row.int(2))) ?? .informational
        isMuted = row.int(3) != 0 || !row.isNull(6)
        everFailed = row.int(4) != 0
        detail = row.text(5)
    }

    /// Whether it is no difference to what is said later: status, severity, mute and detail.
    func says(theSameAs row: FindingRow) -> Bool {
        status == row.status && severity == row.severity && isMuted == row.muted && detail == row.detail
    }

    /// What became of it.
    func kind(of now: FindingRow, _ transition: Transition) -> DiffRow.Kind {
        let failing = now.status == .fail
        guard holds else {
            guard wasKnown else { return .new }
            return failing && transition == .reopened ? .reopened : .returned
        }
        if status == .fail, now.status == .pass { return .resolved }
        if failing, status != .fail, everFailed { return .reopened }
        return status == now.status ? .updated : .changed
    }
}
