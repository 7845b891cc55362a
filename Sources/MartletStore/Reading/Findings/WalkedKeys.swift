import MartletCore

/// Keys of current findings from the index in the listing's order: each call reads a range of it, and no more.
final class WalkedKeys: FindingKeys {
    private let connection: any Connection
    private let tenant: Int64
    /// The published generation of each account that is wanted.
    private let published: [Int64: Int64]
    private var walk: FindingWalk
    private(set) var position: FindingPosition?

    // A look-up: the server is kept from plans that sort a whole account first.
    private static let ofAccount = """
        SELECT \(FindingKey.columns) FROM findings f
        WHERE f.tenant = $1 AND f.status = $2 AND f.severity = $3 AND f.account = $4 AND f.fingerprint >= $7
        AND f.fingerprint <= $5 AND f.closed_in IS NULL ORDER BY f.fingerprint LIMIT $6
        """
    private static let ofTenant = """
        SELECT \(FindingKey.columns) FROM findings f
        WHERE f.tenant = $1 AND f.status = $2 AND f.severity = $3 AND (f.account, f.fingerprint) >= ($4, $6)
        AND f.closed_in IS NULL ORDER BY f.account, f.fingerprint LIMIT $5
        """

    init(
        _ walk: FindingWalk, published: [Int64: Int64], tenant: Int64, after position: FindingPosition?,
        _ connection: any Connection
    ) {
        self.walk = walk
        self.published = published
        self.tenant = tenant
        self.position = position
        self.connection = connection
    }

    func next(_ count: Int) throws -> [FindingKey]? {
        guard let interval = walk.next else { return nil }
        var keys: [FindingKey] = []
        var last: FindingPosition?
        let read = try Self.read(interval, count, tenant: tenant, connection) { key in
            last = key.position
            // Rows of a generation that is not published yet are nobody's business.
            if let published = published[key.position.account], key.openedIn <= published { keys.append(key) }
        }
        let isFull = read >= count
        let skips = last.map { published[$0.account] == nil } ?? false
        walk.advance(last: last, isFull: isFull, skipsAccount: skips)
        position = passed(interval, last: isFull ? last : nil, skips: skips)
        return keys
    }

    /// Reads the first current keys of an interval, at most `count`; one statement. Gives how many there were.
    static func read(
        _ interval: FindingInterval, _ count: Int, tenant: Int64, _ connection: any Connection,
        _ body: (FindingKey) -> Void
    ) throws -> Int {
        var read = 0
        var values: [Value] = [
            .int(tenant), .int(Int64(interval.status.rawValue)), .int(Int64(interval.severity.rawValue)),
            .int(interval.firstAccount),
        ]
        if interval.account != nil { values.append(.hash(interval.last)) }
        try connection.lookUp(
            interval.account == nil ? ofTenant : ofAccount, values + [.int(Int64(count))], keys: [interval.first]
        ) { _, row in
            read += 1
            body(FindingKey(row))
        }
        return read
    }

    private func passed(_ interval: FindingInterval, last: FindingPosition?, skips: Bool) -> FindingPosition {
        guard var last else {
            return FindingPosition(
                status: interval.status, severity: interval.severity, account: interval.account ?? .max,
                fingerprint: interval.last)
        }
        if skips { last.fingerprint = .last }
        return last
    }

    let wasCut = false
    let decidesStates = false

    func close() {}
}
