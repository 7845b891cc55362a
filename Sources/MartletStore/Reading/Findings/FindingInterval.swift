import MartletCore

/// A range of the index of current findings, bounds included: one status, one severity, and fingerprints of one account or
/// accounts from one on.
struct FindingInterval: Hashable {
    var status: Status
    var severity: Severity
    /// Nil for all accounts from ``firstAccount``.
    var account: Int64?
    /// Where reading begins.
    var firstAccount: Int64
    var first: ContentHash
    /// The last fingerprint, where the interval is of one account.
    var last: ContentHash

    /// The place before which nothing of the interval lies.
    var start: FindingPosition {
        FindingPosition(status: status, severity: severity, account: firstAccount, fingerprint: first)
    }

    /// What is left of the interval after a position; nil when nothing is.
    func rest(after position: FindingPosition) -> FindingInterval? {
        if position < start { return self }
        guard position.status == status, position.severity == severity else { return nil }
        if let account, position.account != account { return nil }
        var rest = self
        rest.firstAccount = position.account
        if let next = position.fingerprint.successor {
            rest.first = next
        } else {
            guard account == nil else { return nil }
            rest.firstAccount += 1
            rest.first = .first
        }
        return account == nil || rest.first <= last ? rest : nil
    }
}
