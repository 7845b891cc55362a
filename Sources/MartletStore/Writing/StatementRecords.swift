import MartletCore

/// Statements behind findings, kept so that a source need not read again what it said before.
///
/// A finding's row keeps the keyed hash of the statement that made it, mixed with the contents of the resource and of
/// the check's text that this one statement gave. Only when those are what holds now does the mix give the hash back, so
/// a statement is recognised only if hearing it again would change nothing.
public enum StatementRecords {
    /// Resources that an account may ever have had for its statements to be known: the table of their contents is dense.
    private static let maximumResources: Int64 = 4_000_000

    /// The tenant's secret, made at the first call.
    public static func key(tenant: Int64, _ connection: any Connection) throws -> [UInt64] {
        let stored = try connection.first(
            "SELECT statement_key FROM tenants WHERE id = $1", [.int(tenant)]
        ) { $0.isNull(0) ? nil : $0.bytes(0) }
        if let bytes = stored ?? nil, bytes.count == KnownStatements.keyLength * 8 { return words(bytes) }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<KnownStatements.keyLength * 8).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try connection.execute("UPDATE tenants SET statement_key = $2 WHERE id = $1", [.int(tenant), .bytes(bytes)])
        return words(bytes)
    }

    /// What a finding's row keeps; 0 when the statement cannot be recognised.
    public static func mark(statement: UInt64, resource: ContentHash, text: ContentHash) -> Int64 {
        statement == 0 ? 0 : Int64(bitPattern: statement ^ mix(resource.low, text.low))
    }

    /// Adds the statements behind what holds for a source, and gives the number of findings that hold, known or not; nil
    /// where none are looked for. Four queries.
    public static func add(
        to known: inout KnownStatements, of account: AccountID, source: Int64, as index: Int32,
        _ counters: AccountCounters, _ connection: any Connection
    ) throws -> Int? {
        guard counters.published > 0, counters.nextResource <= maximumResources else { return nil }
        let resources = try currentResources(account, counters, connection)
        let texts = try currentTexts(account, source: source, connection)
        let count = try connection.first(
            """
            SELECT CAST(COALESCE(SUM(findings), 0) AS BIGINT) FROM postures
            WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            """, account.values
        ) { $0.int(0) }
        known.reserve(Int(count ?? 0))
        var held = 0
        try connection.query(
            """
            SELECT id, check_id, resource, statement, regions FROM findings
            WHERE tenant = $1 AND account = $2 AND closed_in IS NULL AND opened_in <= $4 AND source = $3
            """, account.values + [.int(source), .int(counters.published)]
        ) { row in
            held += 1
            guard row.int(3) != 0, let text = texts[row.int(1)], let number = Int(exactly: row.int(2)),
                number < resources.count,
                resources[number].id != 0
            else { return }
            let statement = UInt64(bitPattern: row.int(3)) ^ mix(resources[number].content, text)
            let entry = KnownStatements.Entry(
                account: index, check: row.int(1), regions: row.int(4), finding: row.int(0),
                resource: resources[number].id)
            if let entry { known.insert(statement, entry) }
        }
        return held
    }

    /// The version and the content of each resource, by number; an id of 0 where none holds.
    private static func currentResources(
        _ account: AccountID, _ counters: AccountCounters, _ connection: any Connection
    ) throws -> [(id: Int64, content: UInt64)] {
        var resources = [(id: Int64, content: UInt64)](repeating: (0, 0), count: Int(counters.nextResource))
        try connection.query(
            """
            SELECT resource, id, content FROM resources
            WHERE tenant = $1 AND account = $2 AND closed_in IS NULL AND opened_in <= $3
            """, account.values + [.int(counters.published)]
        ) { row in
            guard let number = Int(exactly: row.int(0)), resources.indices.contains(number) else { return }
            resources[number] = (row.int(1), row.hash(2).low)
        }
        return resources
    }

    private static func currentTexts(
        _ account: AccountID, source: Int64, _ connection: any Connection
    ) throws -> [Int64: UInt64] {
        var texts: [Int64: UInt64] = [:]
        try connection.query(
            """
            SELECT h.check_id, t.content FROM check_holdings h
            JOIN check_texts t ON t.tenant = $1 AND t.id = h.check_text
            WHERE h.tenant = $1 AND h.account = $2 AND h.source = $3 AND h.closed_in IS NULL
            """, account.values + [.int(source)]
        ) { texts[$0.int(0)] = $0.hash(1).low }
        return texts
    }

    private static func mix(_ resource: UInt64, _ text: UInt64) -> UInt64 {
        (resource << 23 | resource >> 41) ^ (text &* 0x9E37_79B9_7F4A_7C15)
    }

    private static func words(_ bytes: [UInt8]) -> [UInt64] {
        stride(from: 0, to: bytes.count, by: 8).map { start in
            bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
