import MartletCore

/// Keys of findings of which some accounts are read at a past generation, in the listing's order and without sorting what
/// there is: versions that still hold come from the index of current findings, versions that were closed since from that
/// of past ones, range by range.
final class PastKeys: FindingKeys {
    private let connection: any Connection
    private let tenant: Int64
    /// The generation at which each account's current versions are read by walking.
    private var generations: [Int64: Int64]
    /// Accounts of which closed versions are looked for, ascending.
    private let past: [(account: Int64, generation: Int64)]
    /// Current versions of accounts of which few are left, ascending.
    private var sparse: [FindingKey] = []
    private var walk: FindingWalk
    private(set) var position: FindingPosition?

    /// Current versions of a past posture below which they are read at once; walking past newer ones would be dearer.
    private static let fewCurrent = 2_000
    /// Accounts of which that is looked at; a glance at each costs a statement.
    private static let glances = 16
    /// Ranges of closed versions that one call reads.
    private static let rangesOfCall = 32

    private static let closed = """
        SELECT \(FindingKey.columns) FROM findings f
        WHERE f.tenant = $1 AND f.status = $2 AND f.severity = $3 AND f.account = $4 AND f.fingerprint >= $8
        AND f.fingerprint <= $5 AND f.closed_in > $6 AND f.opened_in <= $6 AND f.closed_in IS NOT NULL
        ORDER BY f.fingerprint LIMIT $7
        """

    init(
        _ walk: FindingWalk, _ views: [StoreReader.View], tenant: Int64, after position: FindingPosition?,
        _ connection: any Connection
    ) throws {
        self.walk = walk
        self.tenant = tenant
        self.position = position
        self.connection = connection
        generations = Dictionary(views.map { ($0.id.account, $0.generation) }) { first, _ in first }
        past = views.filter { !$0.isCurrent }.map { ($0.id.account, $0.generation) }.sorted { $0.0 < $1.0 }
        guard past.count <= Self.glances else { return }
        for (account, generation) in past {
            guard let few = try fewCurrent(account, generation) else { continue }
            sparse += few
            generations[account] = nil
        }
        sparse.sort { $0.position < $1.position }
    }

    /// The current versions of an account that were there at a generation, if they are few; nil otherwise.
    private func fewCurrent(_ account: Int64, _ generation: Int64) throws -> [FindingKey]? {
        let condition = """
            FROM findings f WHERE f.tenant = $1 AND f.account = $2 AND f.closed_in IS NULL AND f.opened_in <= $3
            """
        let values: [Value] = [.int(tenant), .int(account)]
        var count: Int64 = 0
        try connection.lookUp(
            "SELECT COUNT(*) FROM (SELECT 1 AS one \(condition) ORDER BY f.opened_in LIMIT \(Self.fewCurrent + 1)) q",
            values, numbers: [generation]
        ) { count = $1.int(0) }
        guard count <= Self.fewCurrent else { return nil }
        var keys: [FindingKey] = []
        try connection.lookUp(
            "SELECT \(FindingKey.columns) \(condition) ORDER BY f.opened_in", values, numbers: [generation]
        ) { keys.append(FindingKey($1)) }
        return keys
    }

    func next(_ count: Int) throws -> [FindingKey]? {
        guard let interval = walk.next else { return nil }
        let count = max(count, 1)
        var (keys, end) = try current(interval, count)
        let closedEnd = try addClosed(interval, upTo: end, count, &keys)
        end = closedEnd ?? end
        let bound = end ?? interval.end
        keys += sparse.lazy.filter { interval.contains($0.position) }
        keys.removeAll { bound < $0.position }
        keys.sort { $0.position < $1.position }
        walk.advance(last: end, isFull: end != nil)
        position = bound
        return keys
    }

    /// What the index of current findings has of an interval.
    ///
    /// - Returns: The keys that are wanted, and where reading ended before the interval did.
    private func current(_ interval: FindingInterval, _ count: Int) throws -> ([FindingKey], FindingPosition?) {
        var keys: [FindingKey] = []
        // An account that is not walked is left to the others.
        if let account = interval.account, generations[account] == nil { return (keys, nil) }
        var last: FindingPosition?
        let read = try WalkedKeys.read(interval, count, tenant: tenant, connection) { key in
            last = key.position
            if let generation = generations[key.position.account], key.openedIn <= generation { keys.append(key) }
        }
        guard read >= count, var end = last else { return (keys, nil) }
        if generations[end.account] == nil { end.fingerprint = .last }
        return (keys, end)
    }

    /// Adds what was closed since, up to a position.
    ///
    /// - Returns: Where that ended before the position; nil otherwise.
    private func addClosed(
        _ interval: FindingInterval, upTo end: FindingPosition?, _ count: Int, _ keys: inout [FindingKey]
    ) throws -> FindingPosition? {
        let lastAccount = min(end?.account ?? .max, interval.account ?? .max)
        let accounts = past.filter { interval.firstAccount...max(interval.firstAccount, lastAccount) ~= $0.account }
        var found = 0
        for (index, (account, generation)) in accounts.enumerated() {
            let first = account == interval.firstAccount ? interval.first : .first
            var last = interval.account == nil ? ContentHash.last : interval.last
            if let end, end.account == account { last = min(last, end.fingerprint) }
            var place = FindingPosition(
                status: interval.status, severity: interval.severity, account: account, fingerprint: last)
            var read = 0
            try connection.lookUp(
                Self.closed,
                [
                    .int(tenant), .int(Int64(interval.status.rawValue)), .int(Int64(interval.severity.rawValue)),
                    .int(account), .hash(last), .int(generation), .int(Int64(count)),
                ], keys: [first]
            ) { _, row in
                let key = FindingKey(row)
                keys.append(key)
                place = key.position
                read += 1
            }
            found += read
            if read >= count { return place }
            guard index + 1 < accounts.count, found >= count || index + 1 >= Self.rangesOfCall else { continue }
            place.fingerprint = .last
            return place
        }
        return nil
    }

    let wasCut = false
    let decidesStates = false

    func close() {}
}

extension FindingInterval {
    /// The place after which nothing of the interval lies.
    var end: FindingPosition {
        FindingPosition(status: status, severity: severity, account: account ?? .max, fingerprint: last)
    }

    func contains(_ position: FindingPosition) -> Bool {
        position.status == status && position.severity == severity && !(position < start) && !(end < position)
            && (account == nil || position.account == account)
    }
}
